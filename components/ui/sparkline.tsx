import type { CSSProperties } from "react";
import { cn } from "./cn";

const HEIGHT = 22;
const STEP = 3;

/**
 * A row of bars as small as a word. A null is a gap, a 0 a hairline. With `parts` the lower part of each bar
 * is drawn dark and the rest pale (labelled, and not labelled yet). The label says the same in words.
 */
export function VolumeSparkline({
  values,
  parts,
  label,
  className,
  style,
}: {
  values: readonly (number | null)[];
  parts?: readonly number[];
  label: string;
  className?: string;
  style?: CSSProperties;
}) {
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  const heightOf = (value: number) => Math.max(0.6, (value / highest) * HEIGHT);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, values.length) * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn("h-5.5 w-full", className)}
      style={style}
    >
      <path
        d={bars(values.map((value) => (value === null ? null : heightOf(value))))}
        className={parts ? "fill-chart-volume-pale" : "fill-chart-volume"}
      />
      {parts ? (
        <path
          d={bars(
            parts.map((part, index) => (part > 0 ? heightOf(Math.min(part, values[index] ?? 0)) : null)),
          )}
          className="fill-chart-volume"
        />
      ) : null}
    </svg>
  );
}

/** A line as small as a word, with a dashed line at `line`. Nulls break it; a lone value is a short dash. */
export function LineSparkline({
  values,
  line = null,
  label,
  className,
}: {
  values: readonly (number | null)[];
  line?: number | null;
  label: string;
  className?: string;
}) {
  const known = [...values, line].filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const y = (value: number) => (HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 2)).toFixed(2);
  const width = Math.max(1, values.length) * STEP;
  // In the middle of its day, so that it stands over the day's bar.
  const x = (index: number) => index * STEP + (STEP - 0.7) / 2;
  const path = values
    .map((value, index) => {
      if (value === null) return "";
      const opens = index === 0 || values[index - 1] === null;
      const lone = opens && (values[index + 1] ?? null) === null;
      return `${opens ? "M" : "L"}${x(index)},${y(value)}${lone ? "h0.8" : ""}`;
    })
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn("h-5.5 w-full fill-none", className)}
    >
      {line === null ? null : (
        <path
          d={`M0,${y(line)}H${width}`}
          className="stroke-chart-floor"
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
      )}
      <path d={path} className="stroke-chart-current" strokeWidth={1.4} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const bars = (heights: readonly (number | null)[]) =>
  heights
    .map((height, index) =>
      height === null ? "" : `M${index * STEP},${HEIGHT}v${(-height).toFixed(2)}h2.3V${HEIGHT}z`,
    )
    .join("");
