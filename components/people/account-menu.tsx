"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleUser } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { signOut } from "@/lib/people/query";
import { ROLES } from "@/lib/people/roles";
import { usePerson } from "./person-context";

/** Who is signed in, and the way out. In the demo, the other roles too. */
export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { me, demo } = usePerson();
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => window.location.assign("/sign-in") });
  if (!me) return null;
  return (
    <Popover>
      <PopoverTrigger asChild>
        {compact ? (
          <Button tone="ghost" size="icon" aria-label={`Account of ${me.name}`}>
            <CircleUser aria-hidden="true" />
          </Button>
        ) : (
          <Button
            tone="ghost"
            className="h-auto w-full min-w-0 justify-start px-2 text-left"
            aria-label={`Account of ${me.name}, ${me.role}`}
          >
            <CircleUser aria-hidden="true" />
            <span className="min-w-0">
              <span className="block truncate">{me.name}</span>
              <span className="block text-mute text-xs">{me.role}</span>
            </span>
          </Button>
        )}
      </PopoverTrigger>
      <PopoverContent aria-label="Account" align="start" className="flex w-60 flex-col gap-2 p-3">
        <div className="min-w-0">
          <p className="truncate font-medium">{me.name}</p>
          <p className="truncate text-mute text-xs">
            {me.email} · {me.role}
          </p>
        </div>
        <Link href="/account" className="link w-fit">
          Your account
        </Link>
        {demo ? (
          <div className="flex flex-col gap-1 border-line border-t pt-2">
            <p className="text-mute text-xs">The demo, as another role:</p>
            <div className="flex flex-wrap gap-1">
              {ROLES.filter((role) => role !== me.role).map((role) => (
                <Button
                  key={role}
                  size="sm"
                  onClick={() => {
                    const { pathname, search } = window.location;
                    window.location.assign(
                      `/api/auth/demo?role=${role}&to=${encodeURIComponent(pathname + search)}`,
                    );
                  }}
                >
                  {role}
                </Button>
              ))}
            </div>
          </div>
        ) : null}
        <Button className="w-fit" disabled={leave.isPending} onClick={() => leave.mutate()}>
          Sign out
        </Button>
      </PopoverContent>
    </Popover>
  );
}
