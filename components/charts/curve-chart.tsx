"use client";

import { useId, useMemo, useState } from "react";
import type { Axis, AxisKind } from "@/lib/charts/axis";
import type { BandPoint } from "@/lib/charts/bands";
import { type CurveAxis, type CurveInput, nearestPoint, pathOf, prepareCurves } from "@/lib/charts/curves";
import {
  formatClock,
  formatCompact,
  formatDayOfMonth,
  formatDuration,
  formatTime,
  formatValue,
} from "@/lib/charts/format";
import { PLOT, PlotAxes } from "./plot-axes";
import { seriesLook } from "./series-look";
import { useWidth } from "./use-width";

export type DrawnBand = { name: string; points: readonly BandPoint[]; place: number };

/** Lines of a metric, one a run or one a group with its band. The line under the pointer is named. */
export function CurveChart({
  curves,
  bands = [],
  nameOf,
  placeOf,
  axis,
  xKind = "linear",
  yKind = "linear",
  height = 204,
  label,
  empty,
}: {
  curves: readonly CurveInput[];
  /** Drawn in place of the single lines, which stay pale behind. */
  bands?: readonly DrawnBand[];
  nameOf: (run: string) => string;
  /** Which colour and dash a run has. */
  placeOf: (run: string) => number;
  axis: CurveAxis;
  xKind?: AxisKind;
  yKind?: AxisKind;
  height?: number;
  label: string;
  empty: string;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const clip = useId();
  const plot = { width: Math.max(width - PLOT.left - PLOT.right, 0), height: height - PLOT.top - PLOT.foot };
  const drawn = useMemo(
    () =>
      plot.width > 0
        ? prepareCurves(curves, { axis, xKind, yKind, width: plot.width, height: plot.height })
        : null,
    [curves, axis, xKind, yKind, plot.width, plot.height],
  );
  const near = drawn && pointer ? nearestPoint(drawn.curves, pointer) : null;
  const banded = bands.length > 0;
  // Together as much ink as a few lines, so that a thousand leave their mean to be seen.
  const behindBands = Math.min(0.14, Math.max(0.015, 10 / (drawn?.curves.length ?? 1)));

  return (
    <div ref={ref} className="relative" style={{ height }}>
      {drawn ? (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          className="block"
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            setPointer({ x: event.clientX - box.left - PLOT.left, y: event.clientY - box.top - PLOT.top });
          }}
          onPointerLeave={() => setPointer(null)}
        >
          <clipPath id={clip}>
            <rect width={plot.width} height={plot.height} />
          </clipPath>
          <g transform={`translate(${PLOT.left} ${PLOT.top})`}>
            <PlotAxes
              x={drawn.x}
              y={drawn.y}
              {...plot}
              writeX={(value) => writeX(axis, value, drawn.x)}
              writeY={(value) => formatValue(value, 3)}
              xTitle={axis === "time" ? "UTC" : axis === "relative" ? "since the first point" : "step"}
            />
            <g clipPath={`url(#${clip})`}>
              {drawn.curves.map(({ run_id, path, smoothPath, dots }) => {
                const { colour, dash } = seriesLook(placeOf(run_id));
                const faint = near !== null && near.run_id !== run_id;
                return (
                  <g key={run_id} opacity={banded ? behindBands : faint ? 0.3 : 1}>
                    <path
                      d={path}
                      fill="none"
                      stroke={colour}
                      strokeWidth={smoothPath ? 1 : 1.5}
                      strokeDasharray={dash}
                      strokeLinejoin="round"
                      opacity={smoothPath ? 0.3 : 1}
                    />
                    {smoothPath ? (
                      <path
                        d={smoothPath}
                        fill="none"
                        stroke={colour}
                        strokeWidth={1.6}
                        strokeDasharray={dash}
                        strokeLinejoin="round"
                      />
                    ) : null}
                    {dots.map(({ x, y }) => (
                      <circle key={`${x} ${y}`} cx={x} cy={y} r={2.5} fill={colour} />
                    ))}
                  </g>
                );
              })}
              {bands.map((band) => (
                <Band key={band.name} band={band} x={drawn.x} y={drawn.y} {...plot} />
              ))}
            </g>
            {near ? (
              <circle
                cx={near.point.x}
                cy={near.point.y}
                r={3.5}
                className="fill-card"
                stroke={seriesLook(placeOf(near.run_id)).colour}
                strokeWidth={2}
              />
            ) : null}
          </g>
        </svg>
      ) : (
        <p className="pt-6 text-mute">{width > 0 ? empty : ""}</p>
      )}
      {drawn && drawn.hidden > 0 ? (
        <p className="absolute top-0 right-3 bg-card px-1 text-2xs text-warn">
          {drawn.hidden} at or below 0 left out
        </p>
      ) : null}
      {near ? (
        <div
          className="pointer-events-none absolute top-2 z-20 max-w-60 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float"
          style={near.point.x > plot.width / 2 ? { left: PLOT.left + 4 } : { right: PLOT.right + 4 }}
        >
          <p className="truncate font-medium">{nameOf(near.run_id)}</p>
          <p>
            <span className="text-mute">{axis === "step" ? "step " : ""}</span>
            {axis === "time" ? formatTime(near.point.at) : writeX(axis, near.point.at, null)}
            <span className="text-mute">: </span>
            {formatValue(near.point.value, 6)}
          </p>
        </div>
      ) : null}
    </div>
  );
}

function Band({
  band: { points, place },
  x,
  y,
  width,
  height,
}: {
  band: DrawnBand;
  x: Axis;
  y: Axis;
  width: number;
  height: number;
}) {
  const at = (point: BandPoint, value: number | null) => {
    const left = x.place(point.x);
    const up = value === null ? null : y.place(value);
    return left === null || up === null ? null : { x: left * width, y: (1 - up) * height };
  };
  const { colour, dash } = seriesLook(place);
  const inside = points.filter((point) => at(point, point.low) && at(point, point.high));
  const rim = [
    ...inside.map((point) => at(point, point.high)),
    ...inside.toReversed().map((point) => at(point, point.low)),
  ];
  return (
    <g>
      <path d={rim.length > 2 ? `${pathOf(rim)}z` : ""} fill={colour} opacity={0.18} />
      <path
        d={pathOf(points.map((point) => at(point, point.mean)))}
        fill="none"
        stroke={colour}
        strokeWidth={1.8}
        strokeDasharray={dash}
      />
    </g>
  );
}

const DAY = 86_400_000;

function writeX(axis: CurveAxis, value: number, x: Axis | null): string {
  if (axis === "step") return Math.abs(value) < 10_000 ? String(value) : formatCompact(value);
  if (axis === "relative") return formatDuration(value);
  return x && x.domain[1] - x.domain[0] < DAY ? formatClock(value) : formatDayOfMonth(value);
}
