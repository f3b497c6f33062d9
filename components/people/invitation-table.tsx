"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ago } from "@/components/ui/ago";
import { Button } from "@/components/ui/button";
import { formatTime } from "@/lib/charts/format";
import { describeError } from "@/lib/http/request";
import { peopleQuery, withdrawInvitation } from "@/lib/people/query";
import type { Invitation } from "@/lib/people/schema";

/** Who was invited and has not come yet. */
export function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: withdrawInvitation,
    onSettled: () => client.invalidateQueries({ queryKey: peopleQuery().queryKey }),
  });
  return (
    <>
      <h2 className="mb-1 font-medium text-sm">Invited</h2>
      <ul aria-label="Invited" className="rounded-lg border border-line bg-card">
        {invitations.map(({ id, email, role, created_at, expires_at }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line-soft border-b px-3 py-2 last:border-0"
          >
            <span className="min-w-0 break-all font-medium">{email}</span>
            <span className="text-mute text-sm">
              as {role}, <Ago time={created_at} />, good until {formatTime(expires_at)}
            </span>
            <Button
              size="sm"
              tone="danger"
              className="ml-auto"
              disabled={withdraw.isPending}
              aria-label={`Take the invitation of ${email} back`}
              onClick={() => withdraw.mutate(id)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {withdraw.error ? (
        <p role="alert" className="text-high text-sm">
          {describeError(withdraw.error)}
        </p>
      ) : null}
    </>
  );
}
