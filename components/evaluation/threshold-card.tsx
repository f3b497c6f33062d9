"use client";

import { BarChart } from "@/components/charts/bar-chart";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatCount, formatShare, formatValue } from "@/lib/charts/format";
import type { Curve, ScoreHistogram } from "@/lib/evaluate/schema";
import { type Costs, type Cut, cheapest } from "@/lib/evaluate/sweep";
import { writeThreshold } from "./metric-words";

/** What the reader has set: from which score on a row is positive, and what each error costs. */
export type CutView = Costs & { threshold: number };

/** The threshold and the costs of both errors; whatever follows from them is drawn from `cut`. */
export function ThresholdCard({
  curve,
  histogram,
  cut,
  view,
  onView,
  own,
  onEvaluate,
}: {
  curve: Curve;
  histogram: ScoreHistogram | undefined;
  cut: Cut;
  view: CutView;
  onView: (view: CutView) => void;
  /** The threshold that the report was computed at. */
  own: number;
  /** Computes slices and fairness anew at the threshold; without it they stay. */
  onEvaluate?: ((threshold: number) => void) | undefined;
}) {
  const best = cheapest(curve, view);
  const moved = view.threshold !== own;
  const cost = (key: keyof Costs) => (event: { target: { value: string } }) => {
    const value = Number(event.target.value);
    if (Number.isFinite(value) && value >= 0) onView({ ...view, [key]: value });
  };
  return (
    <Card>
      <CardTitle note={`a row is ${curve.class} from this score on`}>Threshold</CardTitle>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label={`Threshold ${writeThreshold(view.threshold)}`} className="min-w-56 flex-1">
          {(wiring) => (
            <input
              {...wiring}
              type="range"
              min={0}
              max={1}
              step={0.001}
              value={view.threshold}
              aria-valuetext={`${writeThreshold(view.threshold)}: ${formatShare(cut.selectionRate)} of the rows are called ${curve.class}`}
              onChange={(event) => onView({ ...view, threshold: Number(event.target.value) })}
              className="h-8 w-full accent-accent"
            />
          )}
        </Field>
        <Field label="A false alarm costs">
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              min={0}
              step="any"
              className="w-28"
              value={view.falsePositive}
              onChange={cost("falsePositive")}
            />
          )}
        </Field>
        <Field label="A miss costs">
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              min={0}
              step="any"
              className="w-28"
              value={view.falseNegative}
              onChange={cost("falseNegative")}
            />
          )}
        </Field>
      </div>
      <p className="mt-2 text-sm" aria-live="polite">
        {formatCount(cut.falsePositives)} false alarms and {formatCount(cut.falseNegatives)} misses cost{" "}
        <strong>{formatValue(cut.cost)}</strong>, {formatValue(cut.costPerRow, 3)} a row.
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-2 text-sm">
        <span className="text-mute">
          The cheapest threshold is {writeThreshold(best.threshold)}, at {formatValue(best.cost)}.
        </span>
        <Button
          size="sm"
          disabled={!Number.isFinite(best.threshold) || best.cost === cut.cost}
          onClick={() => onView({ ...view, threshold: best.threshold })}
        >
          Use it
        </Button>
        {moved ? (
          <Button size="sm" onClick={() => onView({ ...view, threshold: own })}>
            Back to {writeThreshold(own)}
          </Button>
        ) : null}
        {moved && onEvaluate ? (
          <Button size="sm" tone="primary" onClick={() => onEvaluate(view.threshold)}>
            Evaluate slices at {writeThreshold(view.threshold)}
          </Button>
        ) : null}
      </div>
      {moved ? (
        <p className="mt-1 text-mute text-xs">
          Metrics, classes and the confusion matrix have moved along; slices, fairness and wrong rows stand at{" "}
          {writeThreshold(own)}.
        </p>
      ) : null}
      {histogram ? (
        <>
          <BarChart
            edges={histogram.edges}
            series={histogram.series.map(({ name, counts }, place) => ({ name, counts, place }))}
            xTitle="score"
            mark={view.threshold}
            height={170}
            label={`Rows by score: ${histogram.series.map(({ name }) => name).join(" and ")}`}
          />
          <SeriesNames names={histogram.series.map(({ name }) => name)} />
        </>
      ) : null}
    </Card>
  );
}

/** Which colour is which, below a chart of few series. */
export function SeriesNames({ names }: { names: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 text-xs">
      {names.map((name, place) => (
        <li key={name} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className="size-2.5 rounded-sm border"
            style={{
              borderColor: `var(--series-${place % 8})`,
              background: place === 0 ? `color-mix(in srgb, var(--series-0) 25%, transparent)` : undefined,
            }}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
