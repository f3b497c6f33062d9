import type { Axis } from "@/lib/charts/axis";

export const PLOT = { left: 52, right: 12, top: 8, foot: 34 } as const;

/** Ticks and grid of a pair of axes, inside a plot of some pixels. */
export function PlotAxes({
  x,
  y,
  width,
  height,
  writeX,
  writeY,
  xTitle,
}: {
  x: Axis;
  y: Axis;
  width: number;
  height: number;
  writeX: (value: number) => string;
  writeY: (value: number) => string;
  /** Stands below the ticks, at the right end; a chart that titles its axes itself has none. */
  xTitle?: string;
}) {
  return (
    <>
      {y.ticks.map((tick) => {
        const at = (1 - (y.place(tick) ?? 0)) * height;
        return (
          <g key={tick}>
            <line x1={0} x2={width} y1={at} y2={at} className="stroke-chart-grid" />
            <text x={-6} y={at + 3.5} textAnchor="end" className="fill-chart-axis text-2xs">
              {writeY(tick)}
            </text>
          </g>
        );
      })}
      {x.ticks.map((tick) => {
        const share = x.place(tick) ?? 0;
        return (
          <text
            key={tick}
            x={share * width}
            y={height + 15}
            textAnchor={share > 0.95 ? "end" : share < 0.05 ? "start" : "middle"}
            className="fill-chart-axis text-2xs"
          >
            {writeX(tick)}
          </text>
        );
      })}
      <line x1={0} x2={width} y1={height} y2={height} className="stroke-line-strong" />
      {xTitle ? (
        <text x={width} y={height + 29} textAnchor="end" className="fill-chart-axis text-2xs">
          {xTitle}
        </text>
      ) : null}
    </>
  );
}
