"use client";

import { type ReactNode, useState } from "react";
import { formatCount, formatShare, formatValue } from "@/lib/charts/format";
import type { DrawnBin, DrawnHistogram } from "@/lib/charts/histogram";
import { roundTicks } from "@/lib/charts/scale";
import { prepareValueTicks } from "@/lib/charts/value-ticks";
import { useWidth } from "./use-width";

const LEFT = 40;
const RIGHT = 8;
const TOP = 16;
const PLOT = 168;
const AXIS = 18;
const STRIP = 10;
const HEIGHT = TOP + PLOT + AXIS + STRIP + 4;

/** Two distributions over the scored bins: the reference filled, the current as a step, PSI per bin below. */
export function HistogramChart({
  histogram,
  unit,
  location,
  gapText,
  label,
  tell,
}: {
  histogram: DrawnHistogram;
  unit: string | null;
  /** Where the cumulative shares lie furthest apart. */
  location: number | null;
  gapText: string | null;
  label: string;
  tell: (bin: DrawnBin) => ReactNode;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number | null>(null);
  const plot = Math.max(width - LEFT - RIGHT, 0);
  const { bins } = histogram;
  const x = (place: number) => LEFT + place * plot;
  const y = (height: number) => TOP + PLOT - height * PLOT;
  const hovered = hover === null ? null : bins[hover];
  const gap = location === null ? null : x(histogram.place(location));

  return (
    <div ref={ref} className="relative" style={{ height: HEIGHT }}>
      {plot > 0 ? (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={label}
          className="block"
          onPointerMove={(event) => {
            const place = (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / plot;
            const index = bins.findIndex((bin) => place >= bin.left && place <= bin.right);
            setHover(index < 0 ? null : index);
          }}
          onPointerLeave={() => setHover(null)}
        >
          <HeightAxis histogram={histogram} unit={unit} plot={plot} />
          {bins.map((bin) => {
            const gutter = (bin.right - bin.left) * plot > 5 ? 0.8 : 0;
            return (
              <g key={`${bin.from} ${bin.to}`}>
                <rect
                  x={x(bin.left)}
                  width={Math.max((bin.right - bin.left) * plot - gutter, 0.5)}
                  y={y(bin.reference)}
                  height={bin.reference * PLOT}
                  className="fill-chart-reference"
                />
                <rect
                  x={x(bin.left)}
                  width={Math.max((bin.right - bin.left) * plot - gutter, 0.5)}
                  y={TOP + PLOT + AXIS}
                  height={STRIP}
                  className="fill-chart-contribution"
                  opacity={bin.weight}
                />
              </g>
            );
          })}
          <path d={stepPath(bins, x, y)} className="fill-none stroke-chart-current" strokeWidth={1.6} />
          <line x1={LEFT} x2={LEFT + plot} y1={TOP + PLOT} y2={TOP + PLOT} className="stroke-line-strong" />
          <rect
            x={LEFT}
            y={TOP + PLOT + AXIS}
            width={plot}
            height={STRIP}
            className="fill-none stroke-line"
          />
          {prepareValueTicks(histogram, Math.max(3, Math.floor(plot / 90))).map(
            ({ place, value }, index, all) => (
              <text
                key={value}
                x={x(place)}
                y={TOP + PLOT + 13}
                textAnchor={place < 0.03 ? "start" : place > 0.97 ? "end" : "middle"}
                className="fill-chart-axis text-2xs"
              >
                {formatValue(value, 3)}
                {unit && (index === 0 || index === all.length - 1) ? ` ${unit}` : ""}
              </text>
            ),
          )}
          {gap !== null ? (
            <>
              <line
                x1={gap}
                x2={gap}
                y1={TOP - 4}
                y2={TOP + PLOT}
                className="stroke-ink"
                strokeDasharray="2 2"
              />
              <text
                x={gap + (gap > LEFT + plot * 0.55 ? -5 : 5)}
                y={TOP - 5}
                textAnchor={gap > LEFT + plot * 0.55 ? "end" : "start"}
                className="fill-accent font-semibold text-2xs"
              >
                {gapText}
              </text>
            </>
          ) : null}
          {hovered ? (
            <rect
              x={x(hovered.left)}
              width={(hovered.right - hovered.left) * plot}
              y={TOP}
              height={PLOT + AXIS + STRIP}
              className="fill-accent/10 stroke-accent"
              strokeWidth={0.6}
            />
          ) : null}
        </svg>
      ) : null}
      {hovered ? (
        <div
          className="pointer-events-none absolute top-5 z-20 w-56 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float"
          style={(hovered.left + hovered.right) / 2 > 0.5 ? { left: LEFT + 4 } : { right: RIGHT + 4 }}
        >
          {tell(hovered)}
        </div>
      ) : null}
    </div>
  );
}

function HeightAxis({
  histogram,
  unit,
  plot,
}: {
  histogram: DrawnHistogram;
  unit: string | null;
  plot: number;
}) {
  const { top, measure } = histogram;
  if (top <= 0) return null;
  return (
    <>
      {roundTicks([0, top], 3).map((tick) => {
        const at = TOP + PLOT - (tick / top) * PLOT;
        return (
          <g key={tick}>
            {tick > 0 ? (
              <line x1={LEFT} x2={LEFT + plot} y1={at} y2={at} className="stroke-chart-grid" />
            ) : null}
            <text x={LEFT - 4} y={at + 3.5} textAnchor="end" className="fill-chart-axis text-2xs">
              {measure === "share" ? formatShare(tick) : formatValue(tick, 2)}
            </text>
          </g>
        );
      })}
      <text x={0} y={9} className="fill-chart-axis text-2xs">
        {measure === "share" ? "share of rows" : `share per ${unit ?? "unit"}`}
      </text>
    </>
  );
}

function stepPath(
  bins: readonly DrawnBin[],
  x: (place: number) => number,
  y: (height: number) => number,
): string {
  return bins
    .map((bin, index) => `${index === 0 ? "M" : "L"}${x(bin.left)} ${y(bin.current)}H${x(bin.right)}`)
    .join("");
}

/** "12.5 to 14 min: 1,203 of the reference, 340 now" for a bin, without a pointer. */
export const binText = (bin: DrawnBin, unit: string | null) =>
  `${formatValue(bin.from)} to ${formatValue(bin.to)}${unit ? ` ${unit}` : ""}: ${formatCount(bin.referenceN)} reference, ${formatCount(bin.currentN)} current`;
