"use client";

import { useMemo, useState } from "react";
import { type AxisKind, prepareAxis } from "@/lib/charts/axis";
import { type ContourField, LEAST_PLACES, prepareContour, type Segment } from "@/lib/charts/contour";
import { formatValue } from "@/lib/charts/format";
import { heatColour } from "./heat-colour";
import { PLOT, PlotAxes } from "./plot-axes";
import { useWidth } from "./use-width";

type Point = { name: string; x: number; y: number; z: number };
type Side = { title: string; kind: AxisKind; names: readonly string[] | null };

const HEIGHT = 454;
/** The upright side's title stands above it. */
const TOP = 22;
/** Names of categories stand at the left. */
const LEFT = PLOT.left + 24;

/** Heights over two sides as colour with lines of equal height, and the runs that they come from. */
export function ContourChart({
  points,
  x: xSide,
  y: ySide,
  zTitle,
}: {
  points: readonly Point[];
  x: Side;
  y: Side;
  zTitle: string;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [near, setNear] = useState<Point | null>(null);
  const plot = { width: Math.max(width - LEFT - PLOT.right, 0), height: HEIGHT - TOP - PLOT.foot };
  const drawn = useMemo(() => {
    const x = prepareAxis(
      points.map((point) => point.x),
      {
        kind: xSide.kind,
        pad: 0.04,
        ticks: Math.max(3, Math.floor(plot.width / 90)),
        whole: xSide.names !== null,
      },
    );
    const y = prepareAxis(
      points.map((point) => point.y),
      { kind: ySide.kind, pad: 0.04, ticks: 7, whole: ySide.names !== null },
    );
    if (!x || !y) return null;
    const placed = points.map((point) => ({ ...point, x: x.place(point.x)!, y: y.place(point.y)! }));
    return { axes: { x, y }, placed, field: prepareContour(placed) };
  }, [points, xSide, ySide, plot.width]);
  const shade = (z: number) => {
    const [low, high] = drawn?.field?.range ?? [z, z];
    return high > low ? (z - low) / (high - low) : 0.5;
  };
  const write = (names: readonly string[] | null) => (value: number) =>
    names ? shorten(names[value] ?? "") : formatValue(value, 3);
  return (
    <div ref={ref} className="relative">
      {drawn && plot.width > 0 ? (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`${zTitle} over ${xSide.title} and ${ySide.title}: ${points.length} runs`}
          className="block"
        >
          <g transform={`translate(${LEFT} ${TOP})`}>
            <PlotAxes
              {...drawn.axes}
              {...plot}
              writeX={write(xSide.names)}
              writeY={write(ySide.names)}
              xTitle={`${xSide.title}${xSide.kind === "log" ? ", logarithmic" : ""}`}
            />
            {drawn.field ? <Field field={drawn.field} {...plot} /> : null}
            <text x={-LEFT} y={-10} className="fill-chart-axis text-2xs">
              {ySide.title}
              {ySide.kind === "log" ? ", logarithmic" : ""}
            </text>
            {drawn.placed.map(({ x, y, z }, index) => (
              <circle
                // biome-ignore lint/suspicious/noArrayIndexKey: runs may share a name and a place
                key={index}
                cx={x * plot.width}
                cy={(1 - y) * plot.height}
                r={near === points[index] ? 7 : 4.5}
                fill={heatColour(shade(z))}
                strokeWidth={1.5}
                className="stroke-ink"
                onPointerEnter={() => setNear(points[index]!)}
                onPointerLeave={() => setNear(null)}
              />
            ))}
          </g>
        </svg>
      ) : null}
      {drawn && !drawn.field ? (
        <p className="text-mute">
          At least {LEAST_PLACES} runs at different places, not all on one line, span a surface: only the
          points are drawn.
        </p>
      ) : null}
      {!drawn && width > 0 ? <p className="py-6 text-mute">No run has a finite value of all three.</p> : null}
      {drawn?.field ? <Legend field={drawn.field} title={zTitle} /> : null}
      {near ? (
        <div className="pointer-events-none absolute top-2 right-4 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
          <p className="font-medium">{near.name}</p>
          <p>
            {xSide.title} {write(xSide.names)(near.x)}
          </p>
          <p>
            {ySide.title} {write(ySide.names)(near.y)}
          </p>
          <p>
            {zTitle} {formatValue(near.z, 5)}
          </p>
        </div>
      ) : null}
    </div>
  );
}

const shorten = (name: string) => (name.length > 12 ? `${name.slice(0, 11)}…` : name);

function Field({ field, width, height }: { field: ContourField; width: number; height: number }) {
  const { columns, rows, values, range, lines } = field;
  const [low, high] = range;
  const cell = { width: width / (columns - 1), height: height / (rows - 1) };
  const path = (segments: readonly Segment[]) =>
    segments
      .map(
        ([x1, y1, x2, y2]) =>
          `M${(x1 * width).toFixed(1)} ${((1 - y1) * height).toFixed(1)}L${(x2 * width).toFixed(1)} ${((1 - y2) * height).toFixed(1)}`,
      )
      .join("");
  return (
    <g opacity={0.9} shapeRendering="crispEdges">
      {values.map((value, at) => {
        if (value === null) return null;
        const column = at % columns;
        const row = (at - column) / columns;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={at}
            x={Math.max(0, (column - 0.5) * cell.width)}
            y={Math.max(0, height - (row + 0.5) * cell.height)}
            width={(column === 0 || column === columns - 1 ? 0.5 : 1) * cell.width + 0.5}
            height={(row === 0 || row === rows - 1 ? 0.5 : 1) * cell.height + 0.5}
            fill={heatColour(high > low ? (value - low) / (high - low) : 0.5)}
          />
        );
      })}
      {lines.map(({ level, segments }) => (
        <path
          key={level}
          shapeRendering="auto"
          d={path(segments)}
          fill="none"
          className="stroke-card"
          strokeWidth={1}
        />
      ))}
    </g>
  );
}

function Legend({ field: { range, lines }, title }: { field: ContourField; title: string }) {
  return (
    <p
      className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-mute text-xs"
      style={{ paddingLeft: LEFT }}
    >
      <span className="break-all">{title}</span>
      <span>{formatValue(range[0], 4)}</span>
      <span
        aria-hidden="true"
        className="h-2.5 w-32 rounded-sm"
        style={{ background: `linear-gradient(to right in oklab, ${heatColour(0)}, ${heatColour(1)})` }}
      />
      <span>{formatValue(range[1], 4)}</span>
      {lines.length > 1 ? <span>lines every {formatValue(lines[1]!.level - lines[0]!.level, 2)}</span> : null}
    </p>
  );
}
