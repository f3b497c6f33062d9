"use client";

import { type ReactNode, useMemo } from "react";
import { stackLanes } from "@/lib/charts/lanes";
import { positionOf, type Span, type TimeAxis } from "@/lib/charts/time-axis";
import { prepareTimeTicks } from "@/lib/charts/time-ticks";
import { TimeOverlay } from "./time-overlay";
import { useWidth } from "./use-width";

export type Lane = {
  key: string;
  height: number;
  gapAbove: number;
  /** Left of the lane; above it on a narrow screen. */
  label: ReactNode;
  /** Marks of the lane's own scale, at its right, `y` in pixels from its top. */
  marks?: (height: number) => { y: number; text: string }[];
  /** SVG inside the lane's box. */
  draw: (size: { width: number; height: number }) => ReactNode;
};

const GUTTER = 172;
const RIGHT = 46;
const TOP = 20;
const FOOT = 20;
const NARROW = 640;
/** Room for a label above its lane on a narrow screen. */
const LABEL_ABOVE = 15;

/** Lanes over one time axis, aligned to the pixel, under one brush. */
export function TimeFrame({
  axis,
  lanes,
  label,
  selection,
  selectionText,
  onSelect,
  tell,
}: {
  axis: TimeAxis;
  lanes: readonly Lane[];
  /** What the whole chart shows, for a screen reader. */
  label: string;
  selection: Span | null;
  selectionText: (span: Span) => string;
  onSelect: (span: Span) => void;
  /** What a bucket holds, for the tooltip. */
  tell: (index: number) => ReactNode;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = width < NARROW;
  const left = narrow ? 0 : GUTTER;
  const plot = Math.max(width - left - (narrow ? RIGHT - 8 : RIGHT), 0);
  const stacked = useMemo(
    () =>
      stackLanes(lanes.map((lane) => ({ ...lane, gapAbove: lane.gapAbove + (narrow ? LABEL_ABOVE : 0) }))),
    [lanes, narrow],
  );
  const ticks = useMemo(() => prepareTimeTicks(axis, plot, narrow ? 52 : 64), [axis, plot, narrow]);
  const height = TOP + stacked.height + FOOT;
  const drawing = useMemo(
    () =>
      plot > 0
        ? stacked.lanes.map((lane) => (
            <g key={lane.key} transform={`translate(${left} ${TOP + lane.top})`}>
              {lane.draw({ width: plot, height: lane.height })}
              {lane.marks?.(lane.height).map(({ y, text }) => (
                <text key={text} x={plot + 5} y={y + 3.5} className="fill-chart-axis text-2xs">
                  {text}
                </text>
              ))}
            </g>
          ))
        : null,
    [stacked, plot, left],
  );

  return (
    <div ref={ref} className="relative select-none" style={{ height }}>
      {plot > 0 ? (
        <>
          <svg width={width} height={height} role="img" aria-label={label} className="absolute inset-0 block">
            <defs>
              <pattern id="nothing-measured" width="5" height="5" patternUnits="userSpaceOnUse">
                <path d="M0 5L5 0" className="stroke-chart-floor" strokeWidth="0.7" opacity="0.55" />
              </pattern>
            </defs>
            {ticks.map(({ at, label: text }) => {
              const x = left + positionOf(axis, at, plot);
              return (
                <g key={at}>
                  <line x1={x} x2={x} y1={4} y2={height - FOOT} className="stroke-chart-grid" />
                  <text x={x + 3} y={12} className="fill-chart-axis text-2xs">
                    {text}
                  </text>
                </g>
              );
            })}
            {drawing}
          </svg>
          {stacked.lanes.map((lane) => (
            <div
              key={lane.key}
              className={
                narrow
                  ? "pointer-events-none absolute left-0 z-10 flex w-full items-end text-2xs *:bg-card *:pr-1 [&_button]:pointer-events-auto"
                  : "absolute left-0 flex items-center justify-end pr-2.5 text-right text-xs"
              }
              style={
                narrow
                  ? { top: TOP + lane.top - LABEL_ABOVE, height: LABEL_ABOVE }
                  : { top: TOP + lane.top, height: lane.height, width: GUTTER }
              }
            >
              {lane.label}
            </div>
          ))}
          <TimeOverlay
            axis={axis}
            left={left}
            width={plot}
            height={height}
            foot={FOOT}
            selection={selection}
            selectionText={selectionText}
            onSelect={onSelect}
            tell={tell}
          />
        </>
      ) : null}
    </div>
  );
}
