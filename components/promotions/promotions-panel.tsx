"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Ago } from "@/components/ui/ago";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { plural } from "@/lib/charts/format";
import { targetWords } from "@/lib/promotions/address";
import { promotionsQuery } from "@/lib/promotions/query";
import type { PromotionState, PromotionSummary } from "@/lib/promotions/schema";
import { PROMOTION_STATES } from "@/lib/promotions/states";
import { actorWords } from "@/lib/registry/change-words";
import { PromotionBadge } from "./promotion-badge";

export type PromotionsView = { model: string; state: PromotionState | null };

/** Requests for promotion: what waits for a decision on top. */
export function PromotionsPanel({
  view,
  onChange,
}: {
  view: PromotionsView;
  onChange: (view: Partial<PromotionsView>) => void;
}) {
  const filter = {
    ...(view.model ? { model: view.model } : {}),
    ...(view.state ? { state: view.state } : {}),
  };
  const { data, error, refetch } = useQuery(promotionsQuery(filter));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the promotions" cards={["h-58"]} />;
    return <ErrorState what="The promotions could not be loaded" error={error} onRetry={refetch} />;
  }
  const filtered = view.model !== "" || view.state !== null;
  if (data.promotions.length === 0 && !filtered) return <NothingAsked />;
  return (
    <>
      <p className="verdict mb-2">
        {data.open === 0
          ? "Nothing waits for a decision."
          : `${plural(data.open, "promotion waits", "promotions wait")} for a decision.`}
      </p>
      <search className="mb-3 flex flex-wrap gap-3">
        <Field label="Model">
          {(wiring) => (
            <Input
              {...wiring}
              value={view.model}
              placeholder="all"
              onChange={(event) => onChange({ model: event.target.value })}
            />
          )}
        </Field>
        <Field label="State">
          {(wiring) => (
            <Select
              {...wiring}
              value={view.state ?? ""}
              onChange={(event) =>
                onChange({ state: PROMOTION_STATES.find((state) => state === event.target.value) ?? null })
              }
            >
              <option value="">all</option>
              {PROMOTION_STATES.map((state) => (
                <option key={state}>{state}</option>
              ))}
            </Select>
          )}
        </Field>
      </search>
      {data.promotions.length === 0 ? (
        <p className="text-mute">No promotion matches this filter.</p>
      ) : (
        <PromotionsTable promotions={data.promotions} />
      )}
      {data.next_cursor ? (
        <p className="mt-2 text-mute">Older ones are left out: narrow the list by model or state.</p>
      ) : null}
    </>
  );
}

function PromotionsTable({ promotions }: { promotions: readonly PromotionSummary[] }) {
  return (
    <Table label="Promotions" className="min-w-160">
      <thead>
        <tr>
          <Th>state</Th>
          <Th>promotion</Th>
          <Th>gates</Th>
          <Th>approvals</Th>
          <Th>asked by</Th>
          <Th>reason</Th>
          <Th>decided</Th>
        </tr>
      </thead>
      <tbody>
        {promotions.map((each) => (
          <tr key={each.promotion_id} className="last:*:border-0">
            <Td>
              <PromotionBadge state={each.state} />
            </Td>
            <Td className="min-w-40">
              <Link href={each.url} prefetch={false} className="link font-medium">
                {each.model} {each.version} → {targetWords(each.target)}
              </Link>
              {each.champion ? (
                <span className="block text-mute text-xs">in place of version {each.champion}</span>
              ) : null}
            </Td>
            <Td className="whitespace-nowrap">
              {each.failed > 0 ? (
                <span className="font-medium text-high">
                  {each.failed} of {each.gates} failed
                </span>
              ) : (
                <span className="text-good">{each.gates === 0 ? "none set" : `${each.gates} passed`}</span>
              )}
            </Td>
            <Td className="whitespace-nowrap">
              {each.approvals.given} of {each.approvals.needed}
            </Td>
            <Td className="min-w-28">
              {actorWords(each.asked_by)}
              <span className="block text-mute text-xs">
                <Ago time={each.asked_at} />
              </span>
            </Td>
            <Td className="min-w-48">
              <span className="line-clamp-2 break-words">{each.reason}</span>
            </Td>
            <Td className="min-w-32">
              {each.decided_at ? (
                <>
                  <Ago time={each.decided_at} />
                  <span className="block break-words text-mute text-xs">
                    {each.decided_by ? `by ${actorWords(each.decided_by)}` : each.state_why}
                  </span>
                </>
              ) : (
                <span className="text-mute">not yet</span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function NothingAsked() {
  return (
    <EmptyState title="Nobody has asked for a promotion yet.">
      <p className="text-mute">
        Where a model’s policy protects a stage or an alias, versions get there by a promotion: gates are
        judged on its evidence, and somebody else approves. Set the policy on the Settings tab of a model;
        then “Ask for promotion” stands beside each of its versions. A pipeline asks with
      </p>
      <CodeBlock
        label="Command"
        code={
          'npm run gate -- --model flight-delay --version 3 --stage Production --request "better on June"'
        }
      />
    </EmptyState>
  );
}
