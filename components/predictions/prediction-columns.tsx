import { type ColumnDef, createColumnHelper } from "@tanstack/react-table";
import { Check, X } from "lucide-react";
import { formatClock, formatDay, formatMs, formatScore, formatValue } from "@/lib/charts/format";
import type { VersionSchema } from "@/lib/models/schema";
import type { LoggedPrediction } from "@/lib/predictions/schema";

const column = createColumnHelper<LoggedPrediction>();

export type Meta = { numeric?: boolean; width: number };

/** The prediction's own columns, then segments, then features in the order of the schema. */
export function prepareColumns(schema: VersionSchema): ColumnDef<LoggedPrediction>[] {
  const classes = schema.task !== "regression";
  const own: ColumnDef<LoggedPrediction>[] = [
    column.display({
      id: "time",
      header: "time, UTC",
      cell: ({ row }) => <Time at={row.original.timestamp} />,
      meta: { width: 176 },
    }),
    column.display({
      id: "prediction",
      header: "prediction",
      cell: ({ row }) => <Outcome row={row.original} />,
      meta: { width: 120, numeric: !classes },
    }),
    ...(classes
      ? [
          column.display({
            id: "score",
            header: "score",
            cell: ({ row }) => formatScore(row.original.score),
            meta: { width: 64, numeric: true },
          }),
        ]
      : []),
    column.display({
      id: "label",
      header: "label",
      cell: ({ row }) => <Label row={row.original} />,
      meta: { width: 120, numeric: !classes },
    }),
    column.display({
      id: "latency",
      header: "latency",
      cell: ({ row }) => formatMs(row.original.latency_ms),
      meta: { width: 76, numeric: true },
    }),
  ];
  const rest = (["segment", "feature"] as const).flatMap((role) =>
    schema.features
      .filter((feature) => feature.role === role)
      .map(({ name, type }) =>
        column.display({
          id: `${role} ${name}`,
          header: name,
          cell: ({ row }) => (
            <Value value={role === "segment" ? row.original.segment[name] : row.original.features[name]} />
          ),
          meta: { width: Math.min(220, Math.max(84, 24 + name.length * 7)), numeric: type === "numerical" },
        }),
      ),
  );
  return [...own, ...rest];
}

function Time({ at }: { at: string }) {
  return (
    <>
      {formatDay(at)} <span className="text-mute">{formatClock(at, { seconds: true })}</span>
    </>
  );
}

function Outcome({ row }: { row: LoggedPrediction }) {
  if (row.prediction === null) {
    return (
      <span title={row.error ?? undefined} className="text-high">
        failed<span className="sr-only">: {row.error}</span>
      </span>
    );
  }
  return typeof row.prediction === "number" ? formatValue(row.prediction) : row.prediction;
}

export function Label({ row }: { row: LoggedPrediction }) {
  if (row.label === null) return <span className="text-mute">–</span>;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {row.correct === null ? null : row.correct ? (
        <Check role="img" aria-label="right:" className="size-3.5 shrink-0 text-good" />
      ) : (
        <X role="img" aria-label="wrong:" className="size-3.5 shrink-0 text-high" />
      )}
      <span className="truncate">
        {typeof row.label === "number" ? formatValue(row.label) : String(row.label)}
      </span>
    </span>
  );
}

export function Value({ value }: { value: string | number | boolean | null | undefined }) {
  if (value === null || value === undefined) return <span className="text-mute">–</span>;
  return typeof value === "number" ? formatValue(value, 6) : String(value);
}
