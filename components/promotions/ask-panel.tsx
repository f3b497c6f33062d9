"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ForRole } from "@/components/people/for-role";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { formatTime } from "@/lib/charts/format";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import { policyHref, targetWords } from "@/lib/promotions/address";
import { askPromotion, gatesQuery, PROMOTIONS_KEY, policyQuery } from "@/lib/promotions/query";
import type { Target } from "@/lib/promotions/schema";
import { checkVerdict } from "@/lib/promotions/verdict";
import { GatesTable } from "./gates-table";

const keyOf = ({ kind, name }: Pick<Target, "kind" | "name">) => `${kind}:${name}`;

/** How a version stands against what protects a target, and the form that asks for it. */
export function AskPanel({
  address,
  target: chosen,
  onTarget,
}: {
  address: VersionAddress;
  target: Target | null;
  onTarget: (target: Target) => void;
}) {
  const policy = useQuery(policyQuery(address.model));
  const targets: Target[] = (policy.data?.targets ?? []).map(({ kind, name }) => ({ kind, name }) as Target);
  const target = chosen ?? targets[0] ?? null;
  if (!policy.data) {
    if (!policy.error) return <ReportSkeleton label="Loading the policy" cards={["h-58"]} />;
    return <ErrorState what="The policy could not be loaded" error={policy.error} onRetry={policy.refetch} />;
  }
  if (target === null)
    return (
      <p>
        Nothing of {address.model} is protected: stages and aliases are changed on the tab{" "}
        <Link className="link" href={versionHref(address, "versions")}>
          Versions
        </Link>
        .{" "}
        <Link className="link" href={policyHref(address.model)}>
          Set what a promotion has to pass
        </Link>
        .
      </p>
    );
  const offered = targets.some((each) => keyOf(each) === keyOf(target)) ? targets : [target, ...targets];
  return (
    <>
      <Field label="Promote to" className="mb-3 w-fit">
        {(wiring) => (
          <Select
            {...wiring}
            value={keyOf(target)}
            onChange={(event) => {
              const next = offered.find((each) => keyOf(each) === event.target.value);
              if (next) onTarget(next);
            }}
          >
            {offered.map((each) => (
              <option key={keyOf(each)} value={keyOf(each)}>
                {targetWords(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <AskFor key={keyOf(target)} address={address} target={target} />
    </>
  );
}

function AskFor({ address, target }: { address: VersionAddress; target: Target }) {
  const { data, error, refetch } = useQuery(gatesQuery(address, target));
  const client = useQueryClient();
  const router = useRouter();
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: () => askPromotion({ ...address, target, reason, archive_existing_versions: true }),
    onSuccess: (promotion) => {
      announce(
        "success",
        promotion.state === "promoted" ? `Version ${address.version} was promoted.` : "It was asked for.",
      );
      router.push(promotion.url);
      return client.invalidateQueries({ queryKey: PROMOTIONS_KEY });
    },
  });
  if (!data) {
    if (!error) return <ReportSkeleton label="Judging the gates" cards={["h-58"]} />;
    return <ErrorState what="The gates could not be judged" error={error} onRetry={refetch} />;
  }
  return (
    <>
      <p className="verdict mb-3">{checkVerdict(data)}</p>
      {data.open ? (
        <p className="mb-3">
          It is asked for already:{" "}
          <Link className="link" href={data.open.url}>
            see the promotion
          </Link>
          .
        </p>
      ) : null}
      {data.gates.length > 0 ? (
        <Card aria-label="Gates" className="mb-3.5">
          <CardTitle note={`as of ${formatTime(data.judged_at)}`}>Gates</CardTitle>
          <GatesTable gates={data.gates} />
        </Card>
      ) : null}
      {data.protected && !data.open ? (
        <Card aria-label="Ask for promotion" className="max-w-2xl">
          <CardTitle>Ask for promotion</CardTitle>
          {ask.error ? <ErrorState what="It was not asked for" error={ask.error} className="mb-2" /> : null}
          <ForRole least="analyst" model={address.model}>
            <form
              className="flex flex-col gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                ask.mutate();
              }}
            >
              <Field
                label="Reason"
                hint={`What whoever reviews it should know. ${
                  data.champion
                    ? `Version ${data.champion} is ${target.kind === "stage" ? "archived" : "left"} when it is carried out.`
                    : ""
                }`}
              >
                {(wiring) => (
                  <Textarea
                    {...wiring}
                    required
                    rows={3}
                    maxLength={10_000}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </Field>
              {data.passed ? null : (
                <p className="text-medium text-sm">
                  As the gates stand, nobody can approve it. It can be discussed; ask anew when they pass.
                </p>
              )}
              <Button type="submit" tone="primary" className="w-fit" disabled={ask.isPending}>
                {ask.isPending ? "Asking" : `Ask for ${targetWords(target)}`}
              </Button>
            </form>
          </ForRole>
        </Card>
      ) : null}
    </>
  );
}
