import type { PerformanceReport } from "./schema";
import { placeBounds } from "./score-keys";

const GROUPS = 10;

/**
 * Mean score against the observed positive share, over ten groups of about as many rows each, so that a model whose
 * scores crowd at one end still shows where it is off.
 *
 * The mean score is taken from the middles of bins that are 1/128 logit wide: within 0.001 of the raw rows' mean.
 *
 * @param histograms positives and negatives a score bin, ascending
 * @returns groups in ascending order of the score; fewer than ten where single bins hold more than a tenth; null
 *   without a scored row
 */
export function calibrate({
  positive,
  negative,
}: {
  positive: Float64Array;
  negative: Float64Array;
}): PerformanceReport["calibration"] {
  let n = 0;
  for (let i = 0; i < positive.length; i++) n += positive[i]! + negative[i]!;
  if (n === 0) return null;
  const groups: NonNullable<PerformanceReport["calibration"]> = [];
  let group = emptyGroup();
  let seen = 0;
  for (let i = 0; i < positive.length; i++) {
    const count = positive[i]! + negative[i]!;
    if (count === 0) continue;
    if (group.first < 0) {
      group.first = i;
      group.goal = ((Math.floor((seen * GROUPS) / n) + 1) * n) / GROUPS;
    }
    group.last = i;
    group.n += count;
    group.positives += positive[i]!;
    group.sum += count * placeBounds(i).middle;
    seen += count;
    if (seen < n && seen < group.goal) continue;
    groups.push({
      from: placeBounds(group.first).from,
      to: placeBounds(group.last).to,
      n: group.n,
      mean_score: group.sum / group.n,
      positive_share: group.positives / group.n,
    });
    group = emptyGroup();
  }
  return groups;
}

/** goal: the rows up to which the group runs, the next tenth behind its first bin. */
const emptyGroup = () => ({ first: -1, last: -1, n: 0, positives: 0, sum: 0, goal: 0 });
