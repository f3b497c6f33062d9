"use client";

import { useMemo, useState } from "react";
import { type AxisKind, prepareAxis } from "@/lib/charts/axis";
import { formatValue } from "@/lib/charts/format";
import { heatColour } from "./heat-colour";
import { PLOT, PlotAxes } from "./plot-axes";
import { seriesLook } from "./series-look";
import { useWidth } from "./use-width";

/** `shade` from 0 to 1 colours by a quantity, in place of the run's own colour. */
export type ScatterPoint = { name: string; x: number; y: number; place: number; shade?: number };

const HEIGHT = 380;

/** A point a run over two of its numbers. */
export function ScatterChart({
  points,
  xTitle,
  yTitle,
  xKind,
  yKind,
  xNames = null,
  height = HEIGHT,
}: {
  points: readonly ScatterPoint[];
  xTitle: string;
  yTitle: string;
  xKind: AxisKind;
  yKind: AxisKind;
  /** Of categories, by their place on the horizontal axis. */
  xNames?: readonly string[] | null;
  height?: number;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [near, setNear] = useState<ScatterPoint | null>(null);
  const plot = { width: Math.max(width - PLOT.left - PLOT.right, 0), height: height - PLOT.top - PLOT.foot };
  const axes = useMemo(() => {
    const x = prepareAxis(
      points.map((point) => point.x),
      {
        kind: xKind,
        pad: 0.04,
        ticks: Math.max(3, Math.floor(plot.width / 90)),
        whole: xNames !== null,
      },
    );
    const y = prepareAxis(
      points.map((point) => point.y),
      { kind: yKind, pad: 0.04, ticks: Math.max(2, Math.floor(plot.height / 60)) },
    );
    return x && y ? { x, y } : null;
  }, [points, xKind, yKind, xNames, plot.width, plot.height]);
  const writeX = (value: number) => (xNames ? (xNames[value] ?? "") : formatValue(value, 3));
  const drawn = axes
    ? points.flatMap((point) => {
        const left = axes.x.place(point.x);
        const up = axes.y.place(point.y);
        return left === null || up === null
          ? []
          : [{ point, cx: left * plot.width, cy: (1 - up) * plot.height }];
      })
    : [];
  return (
    <div ref={ref} className="relative" style={{ height }}>
      {axes && plot.width > 0 ? (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${yTitle} over ${xTitle}: ${drawn.length} runs`}
          className="block"
        >
          <g transform={`translate(${PLOT.left} ${PLOT.top})`}>
            <PlotAxes
              {...axes}
              {...plot}
              writeX={writeX}
              writeY={(value) => formatValue(value, 3)}
              xTitle={xTitle}
            />
            {drawn.map(({ point, cx, cy }) => (
              <circle
                key={`${point.place} ${cx} ${cy}`}
                cx={cx}
                cy={cy}
                r={near === point ? 7 : 5}
                fill={point.shade === undefined ? seriesLook(point.place).colour : heatColour(point.shade)}
                opacity={0.85}
                className="stroke-card"
                onPointerEnter={() => setNear(point)}
                onPointerLeave={() => setNear(null)}
              />
            ))}
          </g>
        </svg>
      ) : null}
      {!axes && width > 0 ? <p className="pt-6 text-mute">No run has a finite value of both.</p> : null}
      {axes && drawn.length < points.length ? (
        <p className="absolute top-0 right-3 bg-card px-1 text-2xs text-warn">
          {points.length - drawn.length} at or below 0 left out
        </p>
      ) : null}
      {near ? (
        <div className="pointer-events-none absolute top-2 right-4 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
          <p className="font-medium">{near.name}</p>
          <p>
            {xTitle} {xNames ? xNames[near.x] : formatValue(near.x, 5)}
          </p>
          <p>
            {yTitle} {formatValue(near.y, 5)}
          </p>
        </div>
      ) : null}
    </div>
  );
}
