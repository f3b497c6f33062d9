import { cn } from "./cn";

/**
 * A row of bars as small as a word. A null is a gap, a 0 a hairline; `pale` bars are drawn lighter
 * (labels not in yet). The text behind it says the same in words.
 */
export function VolumeSparkline({
  values,
  label,
  className,
}: {
  values: readonly (number | null)[];
  label: string;
  className?: string;
}) {
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  const width = Math.max(1, values.length) * 3;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 22`}
      preserveAspectRatio="none"
      className={cn("h-5.5 w-full fill-chart-volume", className)}
    >
      {values.map((value, index) => {
        if (value === null) return null;
        const height = Math.max(0.6, (value / highest) * 22);
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place on the axis
        return <rect key={index} x={index * 3} y={22 - height} width={2.3} height={height} />;
      })}
    </svg>
  );
}

/** A line as small as a word, over the band in which chance alone moves it. Nulls break the line. */
export function LineSparkline({
  values,
  band = null,
  label,
  className,
}: {
  values: readonly (number | null)[];
  band?: readonly [number, number] | null;
  label: string;
  className?: string;
}) {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known, ...(band ?? []));
  const high = Math.max(...known, ...(band ?? []));
  const span = high - low || 1;
  const y = (value: number) => 20 - ((value - low) / span) * 18;
  const width = Math.max(1, values.length - 1) * 3;
  const path = values
    .map((value, index) => {
      if (value === null) return "";
      const opens = index === 0 || values[index - 1] === null;
      return `${opens ? "M" : "L"}${index * 3},${y(value).toFixed(2)}`;
    })
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 22`}
      preserveAspectRatio="none"
      className={cn("h-5.5 w-full", className)}
    >
      {band && known.length > 0 ? (
        <rect
          x={0}
          width={width}
          y={y(band[1])}
          height={Math.max(0.5, y(band[0]) - y(band[1]))}
          className="fill-chart-band"
        />
      ) : null}
      <path
        d={path}
        className="fill-none stroke-chart-current"
        strokeWidth={1.4}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
