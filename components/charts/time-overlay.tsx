"use client";

import { type ReactNode, useState } from "react";
import { brushVisible, snap } from "@/lib/charts/brush";
import { bucketAt, positionOf, type Span, type TimeAxis } from "@/lib/charts/time-axis";
import { useBrush } from "./use-brush";

const CURSOR = { draw: "crosshair", move: "grab", from: "ew-resize", to: "ew-resize" } as const;
const TOOLTIP = 220;

/** The brush and the tooltip over all lanes: the one part of the frame that follows the pointer. */
export function TimeOverlay({
  axis,
  left,
  width,
  height,
  foot,
  selection,
  selectionText,
  onSelect,
  tell,
}: {
  axis: TimeAxis;
  left: number;
  width: number;
  height: number;
  foot: number;
  selection: Span | null;
  selectionText: (span: Span) => string;
  onSelect: (span: Span) => void;
  tell: (index: number) => ReactNode;
}) {
  const [hover, setHover] = useState<number | null>(null);
  const { shown, mode, handlers } = useBrush({ axis, width, selection, onSelect });
  const visible = shown !== null && brushVisible(axis, shown);
  const from = shown ? Math.max(0, positionOf(axis, shown.from, width)) : 0;
  const to = shown ? Math.min(width, positionOf(axis, shown.to, width)) : 0;
  const step = width / axis.count;
  const text = shown ? selectionText(shown) : "no window";
  const { first, last } = shown ? snap(axis, shown) : { first: 0, last: 0 };

  return (
    <>
      {visible ? (
        <div
          className="pointer-events-none absolute top-1 border border-accent bg-accent/8"
          style={{ left: left + from, width: Math.max(to - from, 2), height: height - foot - 2 }}
        >
          <span
            className="absolute top-full mt-0.5 whitespace-nowrap font-semibold text-2xs text-accent"
            style={from > width - 130 ? { right: 0 } : { left: 0 }}
          >
            {text}
          </span>
        </div>
      ) : shown ? (
        <p className="absolute bottom-0 text-2xs text-mute" style={{ left }}>
          The window, {text}, lies {shown.to <= axis.from ? "before" : "after"} what is drawn here.
        </p>
      ) : null}
      {hover !== null ? (
        <div
          className="pointer-events-none absolute top-1 border-line-strong border-l border-dashed"
          style={{ left: left + (hover + 0.5) * step, height: height - foot - 2 }}
        />
      ) : null}
      <div
        role="slider"
        tabIndex={0}
        aria-label="Window of the report. Arrow keys move it, with shift they resize it."
        aria-valuemin={0}
        aria-valuemax={axis.count - 1}
        aria-valuenow={first}
        aria-valuetext={`${text}, ${last - first + 1} of ${axis.count} buckets`}
        className="absolute top-0 touch-pan-y"
        style={{ left, width, height: height - foot, cursor: CURSOR[mode] }}
        {...handlers}
        onPointerMove={(event) => {
          handlers.onPointerMove(event);
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
          setHover(bucketAt(axis, x, width));
        }}
        onPointerLeave={() => setHover(null)}
      />
      {hover !== null ? (
        <div
          className="pointer-events-none absolute z-20 rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float"
          style={{
            width: TOOLTIP,
            top: TOP_OF_TOOLTIP,
            left: tooltipLeft(left + (hover + 0.5) * step, left + width),
          }}
        >
          {tell(hover)}
        </div>
      ) : null}
    </>
  );
}

const TOP_OF_TOOLTIP = 22;

/** Right of the pointer where there is room, else left of it. */
function tooltipLeft(x: number, end: number): number {
  return x + TOOLTIP + 16 <= end + 40 ? x + 12 : Math.max(x - TOOLTIP - 12, 0);
}
