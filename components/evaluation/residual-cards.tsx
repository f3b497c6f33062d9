"use client";

import { BarChart } from "@/components/charts/bar-chart";
import { PlotChart } from "@/components/charts/plot-chart";
import { Card, CardTitle } from "@/components/ui/card";
import { formatCount, formatValue } from "@/lib/charts/format";
import type { Residuals } from "@/lib/evaluate/schema";

export type NamedResiduals = { name: string; place: number; residuals: Residuals };

/** How far predictions of a number are off, to which side, and where. */
export function ResidualCards({ models }: { models: readonly NamedResiduals[] }) {
  return models.map(({ name, residuals }) => (
    <ResidualCharts key={name} name={models.length > 1 ? name : null} residuals={residuals} />
  ));
}

function ResidualCharts({ name, residuals }: { name: string | null; residuals: Residuals }) {
  const { histogram, quantiles, bands, points } = residuals;
  const of = name === null ? "" : ` of ${name}`;
  const half = quantiles
    .filter(({ q }) => q === 0.25 || q === 0.75)
    .map(({ value }) => formatValue(value, 3));
  const ends = points.flatMap(({ label, prediction }) => [label, prediction]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return (
    <>
      <Card>
        <CardTitle note="prediction − label; the outer bars hold what lies beyond">Residuals{of}</CardTitle>
        <BarChart
          edges={histogram.edges}
          series={[{ name: "rows", counts: histogram.counts, place: 0 }]}
          xTitle="prediction − label"
          mark={0}
          height={230}
          label={`Rows by residual${of}`}
        />
        <p className="mt-1 text-mute text-xs">Half of the rows lie between {half.join(" and ")}.</p>
      </Card>
      <Card>
        <CardTitle note="bands of equally many rows; dots: median, bars: 5 % to 95 %">
          Residuals by prediction{of}
        </CardTitle>
        <PlotChart
          lines={[
            {
              name: "median residual",
              place: 0,
              marked: true,
              points: bands.map((band) => ({
                x: (band.low + band.high) / 2,
                y: band.p50,
                low: band.p05,
                high: band.p95,
              })),
            },
          ]}
          guide={[
            { x: bands[0]?.low ?? 0, y: 0 },
            { x: bands.at(-1)?.high ?? 0, y: 0 },
          ]}
          xTitle="prediction"
          yTitle="prediction − label"
          label={`Residuals by prediction${of}, in ${bands.length} bands`}
          tell={(_, point) => {
            const band = bands.find(({ low, high }) => (low + high) / 2 === point.x);
            return band ? (
              <>
                <p>
                  predictions {formatValue(band.low)} to {formatValue(band.high)}
                </p>
                <p>
                  off by {formatValue(band.p50)}, {formatValue(band.p05)} to {formatValue(band.p95)}
                </p>
                <p className="text-mute">{formatCount(band.n)} rows</p>
              </>
            ) : null;
          }}
        />
      </Card>
      <Card>
        <CardTitle note={`${formatCount(points.length)} rows, spread evenly`}>
          Predictions and labels{of}
        </CardTitle>
        <PlotChart
          lines={[
            {
              name: "rows",
              place: 0,
              scattered: true,
              points: points.map(({ label, prediction }) => ({ x: label, y: prediction })),
            },
          ]}
          guide={[
            { x: low, y: low },
            { x: high, y: high },
          ]}
          xTitle="label"
          yTitle="prediction"
          label={`Predictions over labels${of}`}
          tell={(_, { x, y }) => (
            <>
              <p>label {formatValue(x)}</p>
              <p>prediction {formatValue(y)}</p>
            </>
          )}
        />
      </Card>
    </>
  );
}
