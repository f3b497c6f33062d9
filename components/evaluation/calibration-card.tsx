"use client";

import { useState } from "react";
import { PlotChart, type PlotLine } from "@/components/charts/plot-chart";
import { Card, CardTitle } from "@/components/ui/card";
import { Select } from "@/components/ui/input";
import { formatCount, formatScore, formatShare } from "@/lib/charts/format";
import type { Calibration } from "@/lib/evaluate/schema";
import { writeInterval } from "./metric-words";

export type NamedCalibration = { name: string; place: number; calibration: Calibration };

/** Whether a probability of 0.3 comes true three times in ten. */
export function CalibrationCard({
  models,
  positive,
}: {
  models: readonly NamedCalibration[];
  positive: string | null;
}) {
  const [strategy, setStrategy] = useState<"uniform" | "quantile">("uniform");
  const lines = models.map(
    ({ name, place, calibration }): PlotLine => ({
      name,
      place,
      marked: true,
      points: calibration[strategy].bins.map(({ mean_score, observed }) => ({
        x: mean_score,
        y: observed.value ?? 0,
        ...(observed.low !== null && observed.high !== null
          ? { low: observed.low, high: observed.high }
          : {}),
      })),
    }),
  );
  const what = positive === null ? "right" : positive;
  return (
    <Card>
      <CardTitle
        note="bars: 95 %"
        action={
          <Select
            aria-label="Bins of"
            className="min-h-6.5 py-0 text-xs"
            value={strategy}
            onChange={(event) => setStrategy(event.target.value as typeof strategy)}
          >
            <option value="uniform">bins of equal width</option>
            <option value="quantile">bins of equally many rows</option>
          </Select>
        }
      >
        Calibration
      </CardTitle>
      <PlotChart
        lines={lines}
        domain="unit"
        guide={[
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ]}
        xTitle={positive === null ? "mean probability of the class predicted" : "mean score"}
        yTitle={`share ${what}`}
        label={`Mean score against the observed share ${what}, in bins`}
        tell={(line, point) => {
          const model = models.find(({ name }) => name === line.name);
          const bin = model?.calibration[strategy].bins.find(({ mean_score }) => mean_score === point.x);
          return (
            <>
              <p>
                mean score {formatScore(point.x)}, {what} in {formatShare(point.y)}
              </p>
              {bin ? <p className="text-mute">{formatCount(bin.n)} rows</p> : null}
            </>
          );
        }}
      />
      {models.map(({ name, calibration }) => {
        const { ece } = calibration[strategy];
        return (
          <p key={name} className="mt-1 text-mute text-xs">
            {models.length > 1 ? `${name}: ` : ""}probabilities are off by {formatScore(ece.value)} on average
            ({writeInterval("ece", ece)}); some of that is chance.
          </p>
        );
      })}
    </Card>
  );
}
