import { formatScore } from "@/lib/charts/format";
import type { FeatureDrift } from "./schema";

type Measured = Pick<FeatureDrift, "method" | "type" | "effect" | "effect_floor">;

/** What a feature's effect is called: the KS distance D for numbers, total variation for categories. */
export const distanceName = ({ method, type }: Pick<Measured, "method" | "type">): string =>
  method === "chi2" || (method === null && type === "categorical") ? "total variation" : "D =";

/** Two decimals where it is large, three where two would hide it: 0.40, 0.016. */
export const formatDistance = ({ effect }: Pick<Measured, "effect">): string =>
  formatScore(effect, effect !== null && effect >= 0.1 ? 2 : 3);

/** From where on a bucket counts as hot: 0.3 (high) for a feature that moved that far, else its floor; never 0. */
export function markOf({ effect, effect_floor }: Pick<Measured, "effect" | "effect_floor">): number {
  const floor = effect_floor > 0 ? effect_floor : 0.1;
  return effect !== null && effect >= 0.3 ? Math.max(0.3, floor) : floor;
}
