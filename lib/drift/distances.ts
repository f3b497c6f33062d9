import { jensenShannon } from "@/lib/stats/jensen-shannon";
import { kullbackLeibler } from "@/lib/stats/kullback-leibler";
import { jsNoDriftBand, psiNoDriftBand } from "@/lib/stats/no-drift-band";
import { populationStability, populationStabilityByBin } from "@/lib/stats/population-stability";
import { type Sides, total } from "@/lib/stats/sample";
import type { FeatureDrift } from "./schema";

type Distances = Pick<
  FeatureDrift,
  "psi" | "psi_band" | "js_distance" | "js_band" | "kl_divergence" | "scoring"
> & { contributions: number[] };

/** Scores taken over the bars that are shown, with the level that chance alone stays under at these sizes. */
export function barDistances(bars: Sides<number[]>): Distances {
  const used = bars.reference.filter((count, i) => count + bars.current[i]! > 0).length;
  const sizes = { nReference: total(bars.reference), nCurrent: total(bars.current), bins: used };
  return {
    psi: populationStability(bars),
    psi_band: psiNoDriftBand(sizes),
    js_distance: jensenShannon(bars),
    js_band: jsNoDriftBand(sizes),
    kl_divergence: kullbackLeibler(bars),
    scoring: {
      bins: used,
      log_base: "e for PSI and KL, 2 for Jensen–Shannon",
      fill: "an empty bar counts as half a row of its side",
      wasserstein: null,
    },
    contributions: populationStabilityByBin(bars) ?? bars.reference.map(() => 0),
  };
}
