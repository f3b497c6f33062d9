import type { Interval } from "./interval";
import { wilsonInterval } from "./wilson-interval";

/**
 * The 95 % interval of F1. F1 is 2J/(1 + J) of Jaccard's share J, the hits among the rows that are positive as label or as
 * prediction, and J is a proportion given how many such rows there are: so Wilson's interval of J is carried over.
 *
 * @param counts hits (true positives), falseAlarms (false positives), misses (false negatives)
 * @returns bounds in [0, 1]; null where all three are 0. O(1).
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @example f1Interval({ hits: 3, falseAlarms: 2, misses: 1 }) // { lower: 0.315…, upper: 0.896… }
 */
export function f1Interval({
  hits,
  falseAlarms,
  misses,
}: {
  hits: number;
  falseAlarms: number;
  misses: number;
}): Interval | null {
  const bounds = wilsonInterval({ hits, n: hits + falseAlarms + misses });
  const f1 = (share: number) => (2 * share) / (1 + share);
  return bounds && { lower: f1(bounds.lower), upper: f1(bounds.upper) };
}
