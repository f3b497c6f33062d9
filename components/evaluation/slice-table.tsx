"use client";

import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { saveFile } from "@/components/drift/save-file";
import { SortHeader } from "@/components/models/sort-header";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Table, Td } from "@/components/ui/table";
import { toCsv } from "@/lib/charts/csv";
import { formatCount, formatP, listWords, plural } from "@/lib/charts/format";
import type { EvaluationReport, Slice } from "@/lib/evaluate/schema";
import { EstimateCell } from "./class-table";
import { metricWords, writeDifference, writePoints, writeTerm } from "./metric-words";

/** Rows that are drawn at first, and with each wish for more. */
const STEP = 15;

type Sort = { by: string; descending: boolean };

/** The slices in which the model errs more than elsewhere, worst first. */
export function SliceTable({
  report,
  chosen,
  onSlice,
}: {
  report: EvaluationReport;
  /** The slice that the page shows alone; null: all rows. */
  chosen?: Slice["slice"] | null | undefined;
  /** Shows a slice alone, or all rows again (null); without it slices cannot be chosen. */
  onSlice?: ((slice: Slice["slice"] | null) => void) | undefined;
}) {
  const [filter, setFilter] = useState("");
  const [most, setMost] = useState(STEP);
  const [sort, setSort] = useState<Sort>({ by: "worst", descending: true });
  const metrics = useMemo(() => columnsOf(report), [report]);
  const found = useMemo(() => sorted(report.slices, { filter, sort }), [report.slices, filter, sort]);
  const search = report.slice_search;
  if (!search) return null;
  const columns = [
    { by: "worst", label: search.of === "error_rate" ? "more errors" : "more squared error" },
    { by: "n", label: "rows" },
    ...metrics.map((name) => ({ by: name, label: metricWords(name).label })),
  ];
  const worse = report.slices.filter(({ gap }) => gap && gap.low > 0).length;
  return (
    <Card>
      <CardTitle
        action={
          <span className="flex gap-2">
            <Input
              type="search"
              aria-label="Filter slices"
              placeholder="feature or value"
              className="w-40"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
            <Button onClick={() => saveFile("slices.csv", "text/csv", csvOf(report, metrics))}>
              <Download aria-hidden="true" /> CSV
            </Button>
          </span>
        }
      >
        Slices
      </CardTitle>
      <p className="mb-2 text-sm">
        {worse === 0
          ? "No slice is worse than the rest by more than chance explains."
          : `${plural(worse, "slice")} ${worse === 1 ? "is" : "are"} worse than the rest by more than chance explains.`}{" "}
        <span className="text-mute">
          {plural(search.searched, "slice")} of {search.depth === 2 ? "one or two of " : ""}
          {plural(search.features.length, "feature")} were compared with all other rows, each of{" "}
          {formatCount(search.minimum_n)} rows or more; {formatCount(search.too_small)} were smaller.
          Intervals hold for all of them at once.
          {search.left_out.length > 0
            ? ` Not sliced by ${listWords(search.left_out)}, which ${search.left_out.length === 1 ? "has" : "have"} too many values.`
            : ""}
        </span>
      </p>
      {found.length === 0 ? (
        <p className="text-mute text-sm">No slice has “{filter}” in it.</p>
      ) : (
        <Table label="Slices, worst first">
          <thead>
            <tr>
              <th
                scope="col"
                className="border-line border-b px-1.5 py-1.5 text-left font-medium text-mute text-xs"
              >
                slice
              </th>
              {columns.map(({ by, label }) => (
                <SortHeader
                  key={by}
                  numeric={by !== "worst"}
                  direction={sort.by === by ? (sort.descending ? "desc" : "asc") : null}
                  onSort={() => setSort({ by, descending: sort.by === by ? !sort.descending : true })}
                >
                  {label}
                </SortHeader>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((slice) => (
              <SliceRow
                key={keyOf(slice.slice)}
                slice={slice}
                of={search.of}
                metrics={metrics}
                isChosen={chosen ? keyOf(chosen) === keyOf(slice.slice) : false}
                onSlice={onSlice}
              />
            ))}
          </tbody>
        </Table>
      )}
      {found.length > most ? (
        <p className="mt-2 flex items-center gap-2 text-mute text-xs">
          <Button size="sm" onClick={() => setMost(most + 4 * STEP)}>
            Show more
          </Button>
          {most} of {formatCount(found.length)} slices
          {search.searched > search.listed
            ? `; ${formatCount(search.searched - search.listed)} more, no worse than these, are not listed`
            : ""}
        </p>
      ) : null}
    </Card>
  );
}

function SliceRow({
  slice: { slice, n, metrics, gap },
  of,
  metrics: names,
  isChosen,
  onSlice,
}: {
  slice: Slice;
  of: "error_rate" | "squared_error";
  metrics: readonly string[];
  isChosen: boolean;
  onSlice: ((slice: Slice["slice"] | null) => void) | undefined;
}) {
  const write = (value: number) => (of === "error_rate" ? writePoints(value) : writeDifference(value));
  const words = slice.map(writeTerm).join(" and ");
  return (
    <tr className={isChosen ? "bg-selected" : undefined}>
      <Td className="min-w-40">
        {onSlice ? (
          <button
            type="button"
            aria-pressed={isChosen}
            className="text-left text-accent underline-offset-2 hover:underline"
            onClick={() => onSlice(isChosen ? null : slice)}
          >
            {words}
          </button>
        ) : (
          words
        )}
      </Td>
      <Td className="whitespace-nowrap tabular-nums">
        {gap ? (
          <>
            <span className={gap.low > 0 ? "font-semibold" : undefined}>{write(gap.value)}</span>
            <span className="block text-2xs text-mute">
              {write(gap.low)} to {write(gap.high)}, q {formatP(gap.q_value)}
            </span>
          </>
        ) : null}
      </Td>
      <Td numeric className="tabular-nums">
        {formatCount(n)}
      </Td>
      {names.map((name) => (
        <EstimateCell key={name} name={name} estimate={metrics[name]} />
      ))}
    </tr>
  );
}

const keyOf = (slice: Slice["slice"]) => JSON.stringify(slice.map(({ feature, value }) => [feature, value]));

function columnsOf({ task, slices }: EvaluationReport): string[] {
  const wanted =
    task === "binary"
      ? ["auc", "accuracy", "precision", "recall", "f1", "selection_rate"]
      : task === "multiclass"
        ? ["accuracy", "log_loss"]
        : ["rmse", "mae", "mean_error"];
  return wanted.filter((name) => slices.some(({ metrics }) => metrics[name]));
}

function sorted(
  slices: readonly Slice[],
  { filter, sort }: { filter: string; sort: Sort },
): readonly Slice[] {
  const wanted = filter.trim().toLowerCase();
  const found = wanted
    ? slices.filter(({ slice }) => slice.map(writeTerm).join(" and ").toLowerCase().includes(wanted))
    : [...slices];
  const value = ({ gap, n, metrics }: Slice) =>
    sort.by === "worst" ? (gap?.low ?? null) : sort.by === "n" ? n : (metrics[sort.by]?.value ?? null);
  return found.sort((a, b) => {
    const [first, second] = [value(a), value(b)];
    if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1;
    return sort.descending ? second - first : first - second;
  });
}

function csvOf({ slices }: EvaluationReport, metrics: readonly string[]): string {
  const bounds = (name: string) => [name, `${name}_low`, `${name}_high`];
  return toCsv(
    ["slice", "n", "gap", "gap_low", "gap_high", "p_value", "q_value", ...metrics.flatMap(bounds)],
    slices.map((slice) => [
      slice.slice.map(writeTerm).join(" and "),
      slice.n,
      ...(slice.gap
        ? [slice.gap.value, slice.gap.low, slice.gap.high, slice.gap.p_value, slice.gap.q_value]
        : [null, null, null, null, null]),
      ...metrics.flatMap((name) => {
        const own = slice.metrics[name];
        return [own?.value ?? null, own?.low ?? null, own?.high ?? null];
      }),
    ]),
  );
}
