import { bucketsPerColumn, largestOf } from "./columns";

/** Effects at which the shade deepens; 0.1 and 0.3 are where severity turns medium and high. */
export const HEAT_BREAKS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5] as const;

/** Shades in use: 0 = within what chance alone gives, then one per step between the breaks. */
export const HEAT_LEVELS = HEAT_BREAKS.length + 2;

/** The shade of an effect; null = nothing was measured, which is not the same as no change. */
export function heatLevel(effect: number | null, band: number | null): number | null {
  if (effect === null) return null;
  if (band !== null && effect <= band) return 0;
  return 1 + HEAT_BREAKS.filter((at) => effect >= at).length;
}

export type HeatRow = {
  /** One SVG path per shade in use, so that 150 cells cost a handful of elements. */
  shades: { level: number; path: string }[];
  /** Cells where nothing was measured. */
  empty: string;
  /** Buckets drawn as one column, showing the largest of them. */
  perColumn: number;
};

/** A row of cells for one feature over the axis, as paths in a box of width × height. */
export function prepareHeatRow(args: {
  effect: readonly (number | null)[];
  band: readonly (number | null)[];
  width: number;
  height: number;
}): HeatRow {
  const { width, height } = args;
  const count = args.effect.length;
  const perColumn = bucketsPerColumn({ count, width });
  const levels = largestOf(
    args.effect.map((effect, index) => heatLevel(effect, args.band[index] ?? null)),
    perColumn,
  );
  const step = count === 0 ? 0 : (width / count) * perColumn;
  const gap = step >= 4 ? 0.6 : 0;
  const paths = new Map<number | null, string>();
  levels.forEach((level, index) => {
    const x = index * step;
    const cell = Math.max(Math.min(step, width - x) - gap, 0.5);
    const rectangle = `M${x.toFixed(2)} 0h${cell.toFixed(2)}v${height}h${(-cell).toFixed(2)}z`;
    paths.set(level, (paths.get(level) ?? "") + rectangle);
  });
  const shades = [...paths]
    .filter((entry): entry is [number, string] => entry[0] !== null)
    .map(([level, path]) => ({ level, path }))
    .sort((a, b) => a.level - b.level);
  return { shades, empty: paths.get(null) ?? "", perColumn };
}
