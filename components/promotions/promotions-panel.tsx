"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { saveFile } from "@/components/drift/save-file";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/input";
import { matching, type Order, ordered } from "@/components/ui/ordered";
import { TableTools } from "@/components/ui/table-tools";
import { plural } from "@/lib/charts/format";
import type { Direction } from "@/lib/models/order";
import { promotionsQuery } from "@/lib/promotions/query";
import type { PromotionState } from "@/lib/promotions/schema";
import type { PromotionSort } from "@/lib/promotions/sorts";
import { PROMOTION_STATES } from "@/lib/promotions/states";
import { PromotionsTable, promotionsCsv, promotionValues, promotionWords } from "./promotions-table";

export type PromotionsView = {
  model: string;
  state: PromotionState | null;
  q: string;
  sort: PromotionSort | null;
  order: Direction;
};

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
  const order: Order<PromotionSort> = view.sort ? { by: view.sort, direction: view.order } : null;
  const shown = ordered(matching(data.promotions, view.q, promotionWords), order, promotionValues);
  return (
    <>
      <p className="verdict mb-2">
        {data.open === 0
          ? "Nothing waits for a decision."
          : `${plural(data.open, "promotion waits", "promotions wait")} for a decision.`}
      </p>
      <TableTools
        text={view.q}
        onText={(q) => onChange({ q })}
        hint="model, person, reason"
        shown={shown.length}
        of={data.promotions.length}
        noun={["promotion", "promotions"]}
        onCsv={() => saveFile("promotions.csv", "text/csv", promotionsCsv(shown))}
      >
        <Select
          aria-label="State"
          value={view.state ?? ""}
          onChange={(event) =>
            onChange({ state: PROMOTION_STATES.find((state) => state === event.target.value) ?? null })
          }
        >
          <option value="">every state</option>
          {PROMOTION_STATES.map((state) => (
            <option key={state}>{state}</option>
          ))}
        </Select>
        {view.model ? (
          <Button size="sm" onClick={() => onChange({ model: "" })}>
            <X aria-hidden="true" />
            Only of {view.model}
          </Button>
        ) : null}
      </TableTools>
      {shown.length === 0 ? (
        <EmptyState title="No promotion matches this filter.">
          <Button className="w-fit" onClick={() => onChange({ q: "", state: null, model: "" })}>
            Show all
          </Button>
        </EmptyState>
      ) : (
        <PromotionsTable
          promotions={shown}
          order={order}
          onOrder={(next) => onChange({ sort: next?.by ?? null, order: next?.direction ?? "asc" })}
        />
      )}
      {data.next_cursor ? (
        <p className="mt-2 text-mute">
          These are the open ones and the latest decided; older ones are left out: narrow the list by model or
          state.
        </p>
      ) : null}
    </>
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
