"use client";

import { type ReactNode, useId, useState } from "react";
import { type Axis, prepareAxis } from "@/lib/charts/axis";
import { formatValue } from "@/lib/charts/format";
import { PLOT, PlotAxes } from "./plot-axes";
import { seriesLook } from "./series-look";
import { useWidth } from "./use-width";

export type PlotPoint = { x: number; y: number; low?: number; high?: number };
export type PlotLine = {
  name: string;
  /** Which colour and dash. */
  place: number;
  points: readonly PlotPoint[];
  /** Draw the points, with their ranges where they have one. */
  marked?: boolean;
  /** Only the points. */
  scattered?: boolean;
  /** Constant between points, as a precision–recall curve is. */
  stepped?: boolean;
};

const TITLE = 16;

/** Lines and points over two numbers, with their titles and, where asked, a straight line to be held against. */
export function PlotChart({
  lines,
  xTitle,
  yTitle,
  domain,
  guide,
  marks = [],
  height = 260,
  label,
  tell,
}: {
  lines: readonly PlotLine[];
  xTitle: string;
  yTitle: string;
  /** Both axes from 0 to 1; else as far as the points reach. */
  domain?: "unit";
  guide?: readonly [PlotPoint, PlotPoint];
  /** Places to point at, such as the threshold in use. */
  marks?: readonly (PlotPoint & { place: number })[];
  height?: number;
  label: string;
  /** What is said of the point under the pointer. */
  tell: (line: PlotLine, point: PlotPoint) => ReactNode;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [near, setNear] = useState<{ line: PlotLine; point: PlotPoint } | null>(null);
  const clip = useId();
  const plot = {
    width: Math.max(width - PLOT.left - PLOT.right - TITLE, 0),
    height: height - PLOT.top - PLOT.foot - TITLE,
  };
  const ends = domain === "unit" ? [0, 1] : [];
  const all = lines.flatMap(({ points }) => points);
  const x = prepareAxis([...ends, ...(ends.length ? [] : all.map((point) => point.x))], {
    ticks: Math.max(2, Math.floor(plot.width / 90)),
  });
  const y = prepareAxis(
    [
      ...ends,
      ...(ends.length ? [] : all.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y])),
    ],
    { ticks: 5, pad: ends.length ? 0 : 0.04 },
  );
  const at = (point: PlotPoint, { x, y }: { x: Axis; y: Axis }) => ({
    left: (x.place(point.x) ?? 0) * plot.width,
    top: (1 - (y.place(point.y) ?? 0)) * plot.height,
  });
  const find = (event: React.PointerEvent<SVGSVGElement>) => {
    if (!x || !y) return;
    const box = event.currentTarget.getBoundingClientRect();
    const left = event.clientX - box.left - PLOT.left - TITLE;
    const top = event.clientY - box.top - PLOT.top;
    let [best, least] = [null as typeof near, 24 ** 2];
    for (const line of lines) {
      for (const point of line.points) {
        const place = at(point, { x, y });
        const away = (place.left - left) ** 2 + (place.top - top) ** 2;
        if (away < least) [best, least] = [{ line, point }, away];
      }
    }
    setNear(best);
  };
  return (
    <div ref={ref} className="relative" style={{ height }}>
      {x && y && plot.width > 0 ? (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          className="block"
          onPointerMove={find}
          onPointerLeave={() => setNear(null)}
        >
          <clipPath id={clip}>
            <rect x={-4} y={-4} width={plot.width + 8} height={plot.height + 8} />
          </clipPath>
          <text
            x={PLOT.left + TITLE + plot.width / 2}
            y={height - 4}
            textAnchor="middle"
            className="fill-chart-axis text-2xs"
          >
            {xTitle}
          </text>
          <text
            transform={`translate(11 ${PLOT.top + plot.height / 2}) rotate(-90)`}
            textAnchor="middle"
            className="fill-chart-axis text-2xs"
          >
            {yTitle}
          </text>
          <g transform={`translate(${PLOT.left + TITLE} ${PLOT.top})`}>
            <PlotAxes
              x={x}
              y={y}
              {...plot}
              writeX={(value) => formatValue(value, 3)}
              writeY={(value) => formatValue(value, 3)}
            />
            <g clipPath={`url(#${clip})`}>
              {guide ? (
                <line
                  x1={at(guide[0], { x, y }).left}
                  y1={at(guide[0], { x, y }).top}
                  x2={at(guide[1], { x, y }).left}
                  y2={at(guide[1], { x, y }).top}
                  className="stroke-chart-floor"
                  strokeDasharray="3 3"
                />
              ) : null}
              {lines.map((line) => (
                <Line key={line.name} line={line} place={(point) => at(point, { x, y })} />
              ))}
              {marks.map((mark) => {
                const { left, top } = at(mark, { x, y });
                return (
                  <circle
                    key={`${mark.place} ${mark.x} ${mark.y}`}
                    cx={left}
                    cy={top}
                    r={5}
                    fill="var(--card)"
                    stroke={seriesLook(mark.place).colour}
                    strokeWidth={2.5}
                  />
                );
              })}
            </g>
          </g>
        </svg>
      ) : null}
      {near ? (
        <div className="pointer-events-none absolute top-1 right-3 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
          {tell(near.line, near.point)}
        </div>
      ) : null}
    </div>
  );
}

type Place = { left: number; top: number };

function Line({ line, place }: { line: PlotLine; place: (point: PlotPoint) => Place }) {
  const { colour, dash } = seriesLook(line.place);
  const places = line.points.map(place);
  const path = places
    .map(({ left, top }, i) =>
      i === 0 ? `M${left} ${top}` : line.stepped ? `V${top}H${left}` : `L${left} ${top}`,
    )
    .join("");
  return (
    <g>
      {line.scattered ? null : (
        <path d={path} fill="none" stroke={colour} strokeWidth={1.6} strokeDasharray={dash} />
      )}
      {line.marked || line.scattered
        ? line.points.map((point, i) => {
            const { left, top } = places[i]!;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: points may be alike, and none moves to another place
              <g key={i}>
                {point.low !== undefined && point.high !== undefined ? (
                  <line
                    x1={left}
                    x2={left}
                    y1={place({ x: point.x, y: point.low }).top}
                    y2={place({ x: point.x, y: point.high }).top}
                    stroke={colour}
                    strokeOpacity={0.6}
                  />
                ) : null}
                <circle
                  cx={left}
                  cy={top}
                  r={line.scattered ? 1.8 : 3}
                  fill={colour}
                  fillOpacity={line.scattered ? 0.45 : 1}
                />
              </g>
            );
          })
        : null}
    </g>
  );
}
