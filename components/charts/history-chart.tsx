"use client";

import { useMemo, useState } from "react";
import { prepareAxis } from "@/lib/charts/axis";
import { formatValue } from "@/lib/charts/format";
import { PLOT, PlotAxes } from "./plot-axes";
import { useWidth } from "./use-width";

type Point = { number: number; value: number; best: number; name: string };

const HEIGHT = 300;

/** The value of each trial, and of all up to it the best, as a line of steps. */
export function HistoryChart({ history, title }: { history: readonly Point[]; title: string }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [near, setNear] = useState<Point | null>(null);
  const plot = { width: Math.max(width - PLOT.left - PLOT.right, 0), height: HEIGHT - PLOT.top - PLOT.foot };
  const axes = useMemo(() => {
    const x = prepareAxis(
      history.map(({ number }) => number),
      { whole: true, pad: 0.02, ticks: Math.max(2, Math.floor(plot.width / 90)) },
    );
    const y = prepareAxis(
      history.map(({ value }) => value),
      { pad: 0.05, ticks: 6 },
    );
    return x && y ? { x, y } : null;
  }, [history, plot.width]);
  const at = (number: number, value: number) => ({
    x: (axes?.x.place(number) ?? 0) * plot.width,
    y: (1 - (axes?.y.place(value) ?? 0)) * plot.height,
  });
  const steps = history
    .map(({ number, best }, index) => {
      const { x, y } = at(number, best);
      return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join("");
  return (
    <div ref={ref} className="relative" style={{ height: HEIGHT }}>
      {axes && plot.width > 0 ? (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${title} of ${history.length} trials, the best so far ending at ${formatValue(history.at(-1)!.best, 5)}`}
          className="block"
        >
          <g transform={`translate(${PLOT.left} ${PLOT.top})`}>
            <PlotAxes
              {...axes}
              {...plot}
              writeX={(value) => String(value)}
              writeY={(value) => formatValue(value, 3)}
              xTitle="trial"
            />
            {history.map((point) => {
              const { x, y } = at(point.number, point.value);
              return (
                <circle
                  key={`${point.number} ${point.name}`}
                  cx={x}
                  cy={y}
                  r={near === point ? 6 : 4}
                  opacity={0.75}
                  className="fill-chart-current stroke-card"
                  onPointerEnter={() => setNear(point)}
                  onPointerLeave={() => setNear(null)}
                />
              );
            })}
            <path d={steps} fill="none" strokeWidth={2} className="pointer-events-none stroke-ink" />
          </g>
        </svg>
      ) : null}
      {!axes && width > 0 ? <p className="pt-6 text-mute">No trial has a value yet.</p> : null}
      {axes ? (
        <p className="pointer-events-none absolute top-0 right-3 flex items-center gap-3 bg-card px-1 text-2xs text-mute">
          <span className="flex items-center gap-1">
            <span aria-hidden="true" className="size-2 rounded-full bg-chart-current" />
            trial
          </span>
          <span className="flex items-center gap-1">
            <span aria-hidden="true" className="h-0.5 w-4 bg-ink" />
            best so far
          </span>
        </p>
      ) : null}
      {near ? (
        <div className="pointer-events-none absolute top-5 right-4 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
          <p className="font-medium">{near.name}</p>
          <p>
            trial {near.number}: {formatValue(near.value, 6)}
          </p>
          <p className="text-mute">best so far {formatValue(near.best, 6)}</p>
        </div>
      ) : null}
    </div>
  );
}
