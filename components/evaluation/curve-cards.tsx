"use client";

import { useState } from "react";
import { PlotChart, type PlotLine } from "@/components/charts/plot-chart";
import { seriesLook } from "@/components/charts/series-look";
import { Card, CardTitle } from "@/components/ui/card";
import { formatScore, formatShare } from "@/lib/charts/format";
import type { Curve } from "@/lib/evaluate/schema";
import type { Cut } from "@/lib/evaluate/sweep";
import { writeInterval } from "./metric-words";

export type NamedCurve = { name: string; place: number; curve: Curve };

/** More lines than can be told apart; the others are chosen by their names. */
const MOST_AT_ONCE = 8;

/** The ROC and the precision–recall curve, of one model or of several, or of the classes of one. */
export function CurveCards({ curves, cut }: { curves: readonly NamedCurve[]; cut?: Cut | null | undefined }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(curves.slice(MOST_AT_ONCE).map(({ name }) => name)),
  );
  const usable = curves.filter(({ curve }) => curve.positives > 0 && curve.negatives > 0);
  if (usable.length === 0) return null;
  const shown = usable.filter(({ name }) => !hidden.has(name));
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  const first = shown[0];
  const base = first ? first.curve.positives / (first.curve.positives + first.curve.negatives) : 0;
  const legend = (metric: "auc" | "average_precision") => (
    <Legend curves={usable} hidden={hidden} toggle={toggle} metric={metric} />
  );
  return (
    <>
      <Card>
        <CardTitle note="the diagonal is chance">ROC curve</CardTitle>
        <PlotChart
          lines={shown.map(rocLine)}
          domain="unit"
          guide={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          marks={cut ? [{ x: 1 - (cut.specificity ?? 1), y: cut.recall ?? 0, place: 0 }] : []}
          xTitle="false positive rate"
          yTitle="true positive rate"
          label={`ROC curve of ${shown.map(({ name }) => name).join(", ")}`}
          tell={(line, { x, y }) => (
            <>
              <p className="font-medium">{line.name}</p>
              <p>finds {formatShare(y)} of the positives</p>
              <p>and {formatShare(x)} of the negatives</p>
            </>
          )}
        />
        {legend("auc")}
      </Card>
      <Card>
        <CardTitle note={`a guess has precision ${formatScore(base)}`}>Precision and recall</CardTitle>
        <PlotChart
          lines={shown.map(precisionLine)}
          domain="unit"
          guide={[
            { x: 0, y: base },
            { x: 1, y: base },
          ]}
          marks={
            cut?.precision != null && cut.recall !== null
              ? [{ x: cut.recall, y: cut.precision, place: 0 }]
              : []
          }
          xTitle="recall"
          yTitle="precision"
          label={`Precision–recall curve of ${shown.map(({ name }) => name).join(", ")}`}
          tell={(line, { x, y }) => (
            <>
              <p className="font-medium">{line.name}</p>
              <p>recall {formatShare(x)}</p>
              <p>precision {formatShare(y)}</p>
            </>
          )}
        />
        {legend("average_precision")}
      </Card>
    </>
  );
}

function rocLine({ name, place, curve }: NamedCurve): PlotLine {
  const points = curve.thresholds.map((_, i) => ({
    x: curve.false_positives[i]! / curve.negatives,
    y: curve.true_positives[i]! / curve.positives,
  }));
  return { name, place, points: [{ x: 0, y: 0 }, ...points] };
}

function precisionLine({ name, place, curve }: NamedCurve): PlotLine {
  const points = curve.thresholds.map((_, i) => ({
    x: curve.true_positives[i]! / curve.positives,
    y: curve.true_positives[i]! / (curve.true_positives[i]! + curve.false_positives[i]!),
  }));
  return { name, place, points, stepped: true };
}

function Legend({
  curves,
  hidden,
  toggle,
  metric,
}: {
  curves: readonly NamedCurve[];
  hidden: ReadonlySet<string>;
  toggle: (name: string) => void;
  metric: "auc" | "average_precision";
}) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {curves.map(({ name, place, curve }) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={!hidden.has(name)}
            disabled={curves.length === 1}
            onClick={() => toggle(name)}
            className="flex items-center gap-1.5 text-left aria-[pressed=false]:text-mute aria-[pressed=false]:line-through"
          >
            <svg width={16} height={4} aria-hidden="true">
              <line
                x1={0}
                x2={16}
                y1={2}
                y2={2}
                strokeWidth={2.5}
                stroke={seriesLook(place).colour}
                strokeDasharray={seriesLook(place).dash}
              />
            </svg>
            {name} <span className="tabular-nums">{formatScore(curve[metric].value)}</span>
            <span className="text-mute tabular-nums">({writeInterval(metric, curve[metric])})</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
