"use client";

import { useMemo } from "react";
import { ScatterChart } from "@/components/charts/scatter-chart";
import { Card, CardTitle } from "@/components/ui/card";
import { Select } from "@/components/ui/input";
import type { Dimension } from "@/lib/experiments/dimensions";
import type { CompareTabProps } from "./view";

/** One number of the runs over another: params and metrics alike. */
export function ScatterTab({ runs, dimensions, view, onChange }: CompareTabProps) {
  const numeric = useMemo(() => dimensions.filter((each) => each.numeric), [dimensions]);
  const find = (id: string | null) => numeric.find((each) => each.id === id);
  const x = find(view.px) ?? numeric.find(({ kind, varies }) => kind === "param" && varies) ?? numeric[0];
  const y = find(view.py) ?? numeric.find(({ kind, id }) => kind === "metric" && id !== x?.id) ?? numeric[0];
  const points = useMemo(
    () =>
      runs.flatMap((run, place) => {
        const at = x?.values[place];
        const up = y?.values[place];
        return typeof at === "number" && typeof up === "number"
          ? [{ name: run.run_name, x: at, y: up, place }]
          : [];
      }),
    [runs, x, y],
  );
  if (!x || !y) return <p className="text-mute">These runs have no numbers to set against each other.</p>;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Choice label="Vertically" all={numeric} value={y.id} onChange={(py) => onChange({ py })} />
        <Scale label="Vertical axis" value={view.ys} onChange={(ys) => onChange({ ys })} />
        <span className="text-mute">over</span>
        <Choice label="Horizontally" all={numeric} value={x.id} onChange={(px) => onChange({ px })} />
        <Scale label="Horizontal axis" value={view.xs} onChange={(xs) => onChange({ xs })} />
      </div>
      <Card>
        <CardTitle note={`${points.length} of ${runs.length} runs have both`}>
          {y.key} over {x.key}
        </CardTitle>
        <ScatterChart points={points} xTitle={x.key} yTitle={y.key} xKind={view.xs} yKind={view.ys} />
      </Card>
    </>
  );
}

export function Choice({
  label,
  all,
  value,
  onChange,
}: {
  label: string;
  all: readonly Dimension[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <Select
      aria-label={label}
      className="max-w-56"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {all.map(({ id, key, kind }) => (
        <option key={id} value={id}>
          {key} ({kind})
        </option>
      ))}
    </Select>
  );
}

function Scale({
  label,
  value,
  onChange,
}: {
  label: string;
  value: "linear" | "log";
  onChange: (kind: "linear" | "log") => void;
}) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as "linear" | "log")}
    >
      <option value="linear">linear</option>
      <option value="log">logarithmic</option>
    </Select>
  );
}
