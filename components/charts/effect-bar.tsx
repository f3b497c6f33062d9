import { formatScore } from "@/lib/charts/format";

const WIDTH = 112;
/** The bar's full length: beyond half, a distance is as good as any other. */
const FULL = 0.5;

/** A distance as a bar, with the floor as a tick and what chance gives as a thin bar below. */
export function EffectBar({
  effect,
  floor,
  band,
  counts,
}: {
  effect: number | null;
  floor: number;
  band: number | null;
  /** The distance counts as drift: full colour, else pale. */
  counts: boolean;
}) {
  const at = (value: number) => Math.min(value / FULL, 1) * WIDTH;
  if (effect === null) return null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH + 2} 14`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`distance ${formatScore(effect)}, floor ${formatScore(floor, 2)}${band === null ? "" : `, chance up to ${formatScore(band)}`}`}
      className="block h-3.5 w-28.5 max-sm:w-20"
    >
      <rect y="4" width={WIDTH} height="4" rx="2" className="fill-chart-grid" />
      <rect
        y="4"
        width={Math.max(at(effect), 2)}
        height="4"
        rx="2"
        className={counts ? "fill-chart-current" : "fill-chart-current-soft"}
      />
      {effect > FULL ? <path d={`M${WIDTH - 7} 3l3 3l-3 3`} className="fill-none stroke-card" /> : null}
      {floor > 0 ? <rect x={at(floor)} width="1" height="12" className="fill-chart-floor" /> : null}
      {band !== null ? (
        <rect y="10" width={Math.max(at(band), 2)} height="2" className="fill-chart-contribution" />
      ) : null}
    </svg>
  );
}
