"use client";

import { useState } from "react";
import { prepareAxis } from "@/lib/charts/axis";
import { formatCompact, formatCount, formatValue } from "@/lib/charts/format";
import { PLOT, PlotAxes } from "./plot-axes";
import { seriesLook } from "./series-look";
import { useWidth } from "./use-width";

export type BarSeries = { name: string; place: number; counts: readonly number[] };

const TITLE = 16;

/** Counts in bins of a number, a series over the other: the first filled, the others as steps. */
export function BarChart({
  edges,
  series,
  xTitle,
  mark,
  height = 200,
  label,
}: {
  edges: readonly number[];
  series: readonly BarSeries[];
  xTitle: string;
  /** A value to point at, such as the threshold in use. */
  mark?: number | undefined;
  height?: number;
  label: string;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hovered, setHovered] = useState<number | null>(null);
  const plot = {
    width: Math.max(width - PLOT.left - PLOT.right, 0),
    height: height - PLOT.top - PLOT.foot - TITLE,
  };
  const x = prepareAxis(edges, { ticks: Math.max(2, Math.floor(plot.width / 90)) });
  const y = prepareAxis([0, ...series.flatMap(({ counts }) => counts)], { ticks: 4 });
  const bins = edges.length - 1;
  if (!x || !y) return null;
  const left = (edge: number) => (x.place(edge) ?? 0) * plot.width;
  const top = (count: number) => (1 - (y.place(count) ?? 0)) * plot.height;
  return (
    <div ref={ref} className="relative" style={{ height }}>
      {plot.width > 0 ? (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          className="block"
          onPointerMove={(event) => {
            const at = event.clientX - event.currentTarget.getBoundingClientRect().left - PLOT.left;
            const bin = Math.floor((at / plot.width) * bins);
            setHovered(bin >= 0 && bin < bins ? bin : null);
          }}
          onPointerLeave={() => setHovered(null)}
        >
          <text
            x={PLOT.left + plot.width / 2}
            y={height - 4}
            textAnchor="middle"
            className="fill-chart-axis text-2xs"
          >
            {xTitle}
          </text>
          <g transform={`translate(${PLOT.left} ${PLOT.top})`}>
            <PlotAxes
              x={x}
              y={y}
              {...plot}
              writeX={(value) => formatValue(value, 3)}
              writeY={formatCompact}
            />
            {series.map(({ name, place, counts }, index) => {
              const outline = counts.map((count, i) => `V${top(count)}H${left(edges[i + 1]!)}`).join("");
              const path = `M${left(edges[0]!)} ${plot.height}${outline}V${plot.height}`;
              const { colour } = seriesLook(place);
              return (
                <path
                  key={name}
                  d={path}
                  fill={index === 0 ? colour : "none"}
                  fillOpacity={0.25}
                  stroke={colour}
                  strokeWidth={1.4}
                />
              );
            })}
            {hovered === null ? null : (
              <rect
                x={left(edges[hovered]!)}
                width={left(edges[hovered + 1]!) - left(edges[hovered]!)}
                y={0}
                height={plot.height}
                className="fill-ink"
                opacity={0.07}
              />
            )}
            {mark === undefined || !Number.isFinite(mark) ? null : (
              <line
                x1={left(mark)}
                x2={left(mark)}
                y1={0}
                y2={plot.height}
                className="stroke-ink"
                strokeDasharray="4 2"
              />
            )}
          </g>
        </svg>
      ) : null}
      {hovered === null ? null : (
        <div className="pointer-events-none absolute top-1 right-3 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
          <p className="text-mute">
            {formatValue(edges[hovered]!)} to {formatValue(edges[hovered + 1]!)}
          </p>
          {series.map(({ name, counts }) => (
            <p key={name}>
              {name}: {formatCount(counts[hovered]!)}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
