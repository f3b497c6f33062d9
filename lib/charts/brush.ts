import { axisEnd, type Span, type TimeAxis } from "./time-axis";

/** What a drag does: draws a new window, carries the window along, or pulls one of its edges. */
export type BrushMode = "draw" | "move" | "from" | "to";

/** Both ends rounded to bucket edges and kept on the axis, at least one bucket long. */
export function snap(axis: TimeAxis, span: Span): { first: number; last: number } {
  const clamp = (index: number) => Math.min(Math.max(index, 0), axis.count - 1);
  const first = clamp(Math.round((span.from - axis.from) / axis.stepMs));
  const last = clamp(Math.round((span.to - axis.from) / axis.stepMs) - 1);
  return { first, last: Math.max(first, last) };
}

function spanOf(axis: TimeAxis, first: number, last: number): Span {
  return { from: axis.from + first * axis.stepMs, to: axis.from + (last + 1) * axis.stepMs };
}

/** The window carried `steps` buckets along, its length kept, stopped by the axis ends. */
export function moveBrush(axis: TimeAxis, span: Span, steps: number): Span {
  const { first, last } = snap(axis, span);
  const by = Math.min(Math.max(steps, -first), axis.count - 1 - last);
  return spanOf(axis, first + by, last + by);
}

/** The window's end moved by `steps` buckets; never shorter than one bucket. */
export function resizeBrush(axis: TimeAxis, span: Span, steps: number): Span {
  const { first, last } = snap(axis, span);
  return spanOf(axis, first, Math.min(Math.max(last + steps, first), axis.count - 1));
}

/** Where a drag from bucket `start` to bucket `now` leads, given the window it began with. */
export function dragBrush(args: {
  axis: TimeAxis;
  mode: BrushMode;
  origin: Span;
  start: number;
  now: number;
}): Span {
  const { axis, mode, origin, start, now } = args;
  if (mode === "move") return moveBrush(axis, origin, now - start);
  const { first, last } = snap(axis, origin);
  const anchor = mode === "draw" ? start : mode === "from" ? last : first;
  return spanOf(axis, Math.min(anchor, now), Math.max(anchor, now));
}

/** What a press at pixel `x` begins: an edge within `gripPx` of it, the window's inside, or a new window. */
export function brushModeAt(args: { x: number; from: number; to: number; gripPx: number }): BrushMode {
  const { x, from, to, gripPx } = args;
  if (Math.abs(x - to) <= gripPx) return "to";
  if (Math.abs(x - from) <= gripPx) return "from";
  // A window narrower than its own grips has no inside to hold it by.
  return x > from && x < to ? "move" : "draw";
}

/** Whether any part of the window lies on the axis. */
export const brushVisible = (axis: TimeAxis, span: Span) => span.to > axis.from && span.from < axisEnd(axis);
