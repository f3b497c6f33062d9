import { type LinePoint, prepareLine } from "@/lib/charts/line";
import { type Domain, heightOf } from "@/lib/charts/scale";

/** A series over the buckets: its chance band behind, gaps open, unripe stretches pale and dashed. */
export function LineLane({
  points,
  domain,
  width,
  height,
  tone = "current",
  baseline = null,
  ticks = [],
}: {
  points: readonly LinePoint[];
  domain: Domain;
  width: number;
  height: number;
  tone?: "current" | "second";
  /** Drawn as a thin rule where no band says where chance ends. */
  baseline?: number | null;
  ticks?: readonly number[];
}) {
  const line = prepareLine({ points, domain, width, height });
  const stroke = tone === "current" ? "stroke-chart-current" : "stroke-chart-second";
  const fill = tone === "current" ? "fill-chart-current" : "fill-chart-second";
  return (
    <>
      {ticks.map((tick) => (
        <line
          key={tick}
          x1={0}
          x2={width}
          y1={heightOf(domain, tick, height)}
          y2={heightOf(domain, tick, height)}
          className="stroke-chart-grid"
        />
      ))}
      <path d={line.band} className="fill-chart-band" />
      {baseline !== null ? (
        <line
          x1={0}
          x2={width}
          y1={heightOf(domain, baseline, height)}
          y2={heightOf(domain, baseline, height)}
          className="stroke-chart-floor"
          strokeDasharray="1 3"
        />
      ) : null}
      <path d={line.solid} fill="none" strokeWidth={1.4} strokeLinejoin="round" className={stroke} />
      <path
        d={line.pale}
        fill="none"
        strokeWidth={1.2}
        strokeDasharray="2 2"
        opacity={0.55}
        className={stroke}
      />
      {line.dots.map(({ x, y, ripe }) => (
        <circle key={x} cx={x} cy={y} r={1.6} opacity={ripe ? 1 : 0.5} className={fill} />
      ))}
    </>
  );
}
