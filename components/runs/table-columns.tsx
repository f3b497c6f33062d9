import type { ReactNode } from "react";
import { Ago } from "@/components/ui/ago";
import { formatDuration, formatValue } from "@/lib/charts/format";
import { betterExtreme } from "@/lib/experiments/columns";
import type { RunCell, RunColumn, RunRow } from "@/lib/experiments/schema";

/** A column of the table as it is drawn. */
export type TableColumn = {
  id: string;
  /** What a click on the header sorts by; null = nothing. */
  sort: string | null;
  title: string;
  /** Above the title: what kind of thing it is. */
  note: string;
  width: number;
  numeric: boolean;
  cell: (run: RunRow, cells: ReadonlyMap<string, RunCell>) => ReactNode;
};

/** When, how long, by whom; then the chosen columns. */
export function tableColumns(
  columns: readonly RunColumn[],
  numeric: ReadonlySet<string>,
  nowMs: number,
): TableColumn[] {
  return [
    {
      id: "attributes.start_time",
      sort: "attributes.start_time",
      title: "started",
      note: "run",
      width: 124,
      numeric: false,
      cell: (run) => (run.start_time ? <Ago time={run.start_time} /> : <Nothing />),
    },
    {
      id: "duration",
      sort: null,
      title: "lasted",
      note: "run",
      width: 92,
      numeric: true,
      cell: (run) => <Lasted run={run} nowMs={nowMs} />,
    },
    ...columns.map(
      (column): TableColumn => ({
        id: column.id,
        sort: column.id,
        title: column.key,
        note: noteOf(column),
        width: Math.min(200, Math.max(92, 26 + column.key.length * 7)),
        numeric: numeric.has(column.id),
        cell: (_, cells) => <Cell value={cells.get(column.id) ?? null} />,
      }),
    ),
  ];
}

function noteOf({ kind, key, value }: RunColumn): string {
  if (kind !== "metrics") return kind === "params" ? "param" : "tag";
  return `metric, ${value === "best" ? `best (${betterExtreme(key)})` : value}`;
}

/** A measurement at five figures, with all of it behind; what was logged as text as it is. */
export function Cell({ value }: { value: RunCell }) {
  if (value === null) return <Nothing />;
  if (typeof value === "string") return <span title={value.length > 20 ? value : undefined}>{value}</span>;
  return <span title={String(value)}>{formatValue(value, 5)}</span>;
}

const Nothing = () => <span className="text-mute">–</span>;

function Lasted({ run, nowMs }: { run: RunRow; nowMs: number }) {
  if (!run.start_time) return <Nothing />;
  const end = run.end_time ? Date.parse(run.end_time) : run.status === "RUNNING" ? nowMs : null;
  return end === null ? <Nothing /> : formatDuration(end - Date.parse(run.start_time));
}
