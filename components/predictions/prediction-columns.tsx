import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatClock, formatDay, formatMs, formatScore, formatValue } from "@/lib/charts/format";
import type { VersionSchema } from "@/lib/models/schema";
import type { LoggedPrediction } from "@/lib/predictions/schema";

export type PredictionColumn = {
  id: string;
  header: string;
  width: number;
  numeric: boolean;
  cell: (row: LoggedPrediction) => ReactNode;
};

/** The prediction's own columns, then segments, then features in the order of the schema. */
export function prepareColumns(schema: VersionSchema): PredictionColumn[] {
  const classes = schema.task !== "regression";
  const own: PredictionColumn[] = [
    {
      id: "time",
      header: "time, UTC",
      width: 168,
      numeric: false,
      cell: (row) => <Time at={row.timestamp} />,
    },
    {
      id: "prediction",
      header: "prediction",
      width: 96,
      numeric: !classes,
      cell: (row) => <Outcome row={row} />,
    },
    ...(classes
      ? [
          {
            id: "score",
            header: "score",
            width: 64,
            numeric: true,
            cell: (row: LoggedPrediction) => formatScore(row.score),
          },
        ]
      : []),
    { id: "label", header: "label", width: 92, numeric: !classes, cell: (row) => <Label row={row} /> },
    {
      id: "latency",
      header: "latency",
      width: 76,
      numeric: true,
      cell: (row) => formatMs(row.latency_ms),
    },
  ];
  const rest = (["segment", "feature"] as const).flatMap((role) =>
    schema.features
      .filter((feature) => feature.role === role)
      .map(({ name, type }) => ({
        id: `${role} ${name}`,
        header: name,
        width: Math.min(220, Math.max(type === "numerical" ? 80 : 96, 24 + name.length * 7)),
        numeric: type === "numerical",
        cell: (row: LoggedPrediction) => (
          <Value value={role === "segment" ? row.segment[name] : row.features[name]} />
        ),
      })),
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
