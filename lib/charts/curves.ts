import { type Axis, type AxisKind, prepareAxis } from "./axis";

/** Against what a metric is drawn: its step, the clock, or the time since the run's first point. */
export const CURVE_AXES = ["step", "time", "relative"] as const;
export type CurveAxis = (typeof CURVE_AXES)[number];

export type CurveInput = {
  run_id: string;
  steps: readonly number[];
  times: readonly number[];
  values: readonly (number | null)[];
  smoothed: readonly (number | null)[] | null;
};

export type DrawnPoint = { x: number; y: number; at: number; value: number };

export type DrawnCurve = {
  run_id: string;
  /** As logged. */
  path: string;
  /** null where nothing is smoothed. */
  smoothPath: string | null;
  /** Points with no neighbour, which a line would not show. */
  dots: DrawnPoint[];
  /** Of what is read off: the smoothed course where there is one, ascending in x. */
  points: DrawnPoint[];
};

export type DrawnCurves = { x: Axis; y: Axis; curves: DrawnCurve[]; hidden: number };

/** What of a curve goes along x. */
export function alongX(
  { steps, times }: Pick<CurveInput, "steps" | "times">,
  axis: CurveAxis,
): readonly number[] {
  if (axis === "step") return steps;
  if (axis === "time") return times;
  const first = Math.min(...times.slice(0, 1), ...times);
  return times.map((time) => time - first);
}

/**
 * Lines over one pair of axes, in pixels; null where nothing can be drawn. A value that is not finite, or that a
 * logarithm does not have, is a gap; `hidden` counts those that the logarithm took.
 */
export function prepareCurves(
  inputs: readonly CurveInput[],
  {
    axis,
    xKind = "linear",
    yKind = "linear",
    width,
    height,
  }: { axis: CurveAxis; xKind?: AxisKind; yKind?: AxisKind; width: number; height: number },
): DrawnCurves | null {
  const along = inputs.map((input) => alongX(input, axis));
  const x = prepareAxis(along.flat(), {
    kind: xKind,
    ticks: Math.max(2, Math.floor(width / 90)),
    whole: axis === "step",
  });
  const y = prepareAxis(
    inputs.flatMap(({ values }) => values),
    { kind: yKind, pad: 0.04, ticks: Math.max(2, Math.floor(height / 45)) },
  );
  if (!x || !y) return null;
  let hidden = 0;
  const pixels = (xs: readonly number[], ys: readonly (number | null)[]): (DrawnPoint | null)[] =>
    xs
      .map((at, place): DrawnPoint | null => {
        const value = ys[place] ?? null;
        if (value === null) return null;
        const left = x.place(at);
        const up = y.place(value);
        if (left === null || up === null) hidden += 1;
        return left === null || up === null ? null : { x: left * width, y: (1 - up) * height, at, value };
      })
      // Time may go back where two writers log one run.
      .sort((a, b) => (a && b && axis !== "step" ? a.x - b.x : 0));
  const curves = inputs.map(({ run_id, values, smoothed }, index): DrawnCurve => {
    const raw = pixels(along[index]!, values);
    const taken = hidden;
    const smooth = smoothed ? pixels(along[index]!, smoothed) : null;
    hidden = taken;
    return {
      run_id,
      path: pathOf(raw),
      smoothPath: smooth ? pathOf(smooth) : null,
      dots: raw.filter(
        (point, place) => point !== null && !raw[place - 1] && !raw[place + 1],
      ) as DrawnPoint[],
      points: (smooth ?? raw).filter((point) => point !== null),
    };
  });
  return { x, y, curves, hidden };
}

/** Stretches without a gap, one subpath each. */
export function pathOf(points: readonly ({ x: number; y: number } | null)[]): string {
  let path = "";
  let pen = false;
  for (const point of points) {
    if (point) path += `${pen ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    pen = point !== null;
  }
  return path;
}

/** The drawn point that lies nearest to a place, with its curve; null where all are further than `reach` pixels. */
export function nearestPoint(
  curves: readonly DrawnCurve[],
  { x, y }: { x: number; y: number },
  reach = 60,
): { run_id: string; point: DrawnPoint } | null {
  let best: { run_id: string; point: DrawnPoint } | null = null;
  let least = reach;
  for (const { run_id, points } of curves) {
    for (const point of points) {
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance < least) {
        least = distance;
        best = { run_id, point };
      }
    }
  }
  return best;
}
