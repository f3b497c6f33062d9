"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { formatValue } from "@/lib/charts/format";
import { MOST_COMPARED, runHref } from "@/lib/experiments/address";
import type { ComparedRun } from "@/lib/experiments/compared";
import { differencesOf } from "@/lib/experiments/difference";
import { runsDetailQuery } from "@/lib/experiments/run-query";
import type { RunDetail } from "@/lib/experiments/run-schema";
import { Stroke } from "./run-chips";
import type { ChangeCompare, CompareView } from "./view";

/** More columns beside each other are nobody's table. */
const MOST_BESIDE = 50;

/** Params, metrics, data, tags and environment in rows, runs in columns; against a baseline run with what changed. */
export function DiffTab({
  runs,
  view,
  onChange,
}: {
  runs: readonly ComparedRun[];
  view: CompareView;
  onChange: ChangeCompare;
}) {
  const ids = runs.map(({ run_id }) => run_id);
  const many = ids.length > MOST_COMPARED;
  const first = many ? [...new Set([...(view.base ? [view.base] : []), ...ids])].slice(0, MOST_BESIDE) : ids;
  const { data, error, refetch } = useQuery(runsDetailQuery(first));
  if (error && !data)
    return <ErrorState what="The runs could not be loaded" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton className="h-60 w-full" />;
  return (
    <>
      {many ? (
        <p className="mb-2 text-mute text-xs">
          The {view.base ? "baseline and the newest others, " : "newest "}
          {MOST_BESIDE} of {ids.length} runs: filter to see others side by side.
        </p>
      ) : null}
      <Differences runs={data.runs} view={view} onChange={onChange} />
    </>
  );
}

function Differences({
  runs,
  view,
  onChange,
}: {
  runs: readonly RunDetail[];
  view: CompareView;
  onChange: ChangeCompare;
}) {
  const sections = useMemo(() => differencesOf(runs), [runs]);
  const base = runs.findIndex(({ run_id }) => run_id === view.base);
  const shown = sections
    .map((section) => ({
      ...section,
      rows: view.diff ? section.rows.filter((row) => row.differs) : section.rows,
    }))
    .filter(({ rows }) => rows.length > 0);
  const all = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const left = shown.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <label className="mb-2 flex w-fit items-center gap-1.5">
        <input
          type="checkbox"
          checked={view.diff}
          onChange={(event) => onChange({ diff: event.target.checked })}
        />
        only differences
        <span className="text-mute text-xs">
          {left} of {all} rows
        </span>
      </label>
      {left === 0 ? (
        <p className="text-mute">These runs do not differ in anything that they logged.</p>
      ) : null}
      {left > 0 ? (
        <div className="rounded-lg border border-line bg-card px-2 pb-1">
          <Table label="Differences">
            <thead>
              <tr>
                <Th className="sticky left-0 z-10 bg-card">name</Th>
                {runs.map((run, place) => (
                  <Th key={run.run_id} className="min-w-28">
                    <span className="flex items-center gap-1.5">
                      <Stroke place={place} />
                      <Link href={runHref(run.run_id)} prefetch={false} className="hover:underline">
                        {run.run_name}
                      </Link>
                    </span>
                    {place === base ? <span className="font-normal">baseline</span> : null}
                  </Th>
                ))}
              </tr>
            </thead>
            {shown.map(({ title, rows }) => (
              <tbody key={title}>
                <tr>
                  <th
                    scope="rowgroup"
                    colSpan={runs.length + 1}
                    className="px-1.5 pt-3 pb-1 text-left font-semibold text-xs"
                  >
                    {title}
                  </th>
                </tr>
                {rows.map(({ key, values }) => (
                  <tr key={key} className="hover:bg-hover">
                    <Td className="sticky left-0 z-10 max-w-64 break-all bg-card text-soft">{key}</Td>
                    {values.map((value, place) => (
                      <Td
                        key={runs[place]!.run_id}
                        className={cn(
                          "max-w-64 break-all",
                          base >= 0 && value !== values[base] && "bg-accent-soft",
                        )}
                      >
                        <Value
                          value={value}
                          base={base < 0 || base === place ? null : (values[base] ?? null)}
                        />
                      </Td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </Table>
        </div>
      ) : null}
    </>
  );
}

/** A value, and of a number how far it lies from the baseline's. */
function Value({ value, base }: { value: string | number | null; base: string | number | null }) {
  if (value === null) return <span className="text-mute">–</span>;
  if (typeof value === "string") return value;
  if (typeof base !== "number" || base === value) return formatValue(value, 5);
  const change = value - base;
  const share =
    base === 0 ? "" : `, ${change > 0 ? "+" : ""}${formatValue((change / Math.abs(base)) * 100, 2)} %`;
  return (
    <>
      {formatValue(value, 5)}
      <span className="block text-mute text-xs">
        {change > 0 ? "+" : ""}
        {formatValue(change, 3)}
        {share}
      </span>
    </>
  );
}
