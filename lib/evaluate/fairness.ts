import { newcombeDifference } from "@/lib/stats/newcombe-difference";
import { estimate, NOTHING, proportion } from "./estimate";
import { type Groups, groupsOf, NO_GROUP } from "./groups";
import type { EvaluationOptions, Outcomes } from "./input";
import type { Estimate, Fairness } from "./schema";
import { columnNamed } from "./slices";
import type { Usable } from "./usable";

/** Below this a rate says nothing about a group. */
const LEAST_ROWS = 10;

type Counts = { n: number; positives: number; selected: number; hits: number };

/**
 * How a model treats groups: the share it selects, and of the really positive and really negative the shares it selects,
 * each with Wilson's interval, and their differences from the reference group with Newcombe's.
 * @returns one a feature asked for; none where no class counts as positive. O(rows · features).
 */
export function compareGroups(
  outcomes: Outcomes,
  { rows, labels, predictions }: Usable,
  { columns = [], fairness = [] }: EvaluationOptions,
): Fairness[] | undefined {
  if (outcomes.task === "regression" || outcomes.positive === undefined) return undefined;
  const { positive, classes } = outcomes;
  return fairness.flatMap(({ feature, reference }) => {
    const groups = groupsOf(columnNamed(columns, feature), rows, LEAST_ROWS);
    if (groups.terms.length === 0) return [];
    const counts = count(groups, (i) => [labels[i] === positive, predictions[i] === positive]);
    const asked = groups.terms.findIndex(({ value }) => value === reference);
    const largest = counts.reduce((best, own, g) => (own.n > counts[best]!.n ? g : best), 0);
    const base = reference === undefined || asked < 0 ? largest : asked;
    return [
      {
        feature,
        positive_class: classes[positive]!,
        reference: groups.terms[base]!.value,
        groups: groups.terms.map(({ value }, g) => ({
          value,
          n: counts[g]!.n,
          positives: counts[g]!.positives,
          rates: ratesOf(counts[g]!, ([hits, n]) => proportion(hits, n)),
          differences:
            g === base
              ? null
              : ratesOf(counts[g]!, (own, kind) => difference(sides(counts[base]!)[kind], own)),
        })),
      },
    ];
  });
}

function count(
  { codes, terms }: Groups,
  rowOf: (i: number) => [isPositive: boolean, isSelected: boolean],
): Counts[] {
  const counts = terms.map((): Counts => ({ n: 0, positives: 0, selected: 0, hits: 0 }));
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === NO_GROUP) continue;
    const own = counts[codes[i]!]!;
    const [isPositive, isSelected] = rowOf(i);
    own.n++;
    if (isPositive) own.positives++;
    if (isSelected) own.selected++;
    if (isPositive && isSelected) own.hits++;
  }
  return counts;
}

type Share = [hits: number, n: number];
type Rates<T> = { selection_rate: T; true_positive_rate: T; false_positive_rate: T };

const sides = ({ n, positives, selected, hits }: Counts): Rates<Share> => ({
  selection_rate: [selected, n],
  true_positive_rate: [hits, positives],
  false_positive_rate: [selected - hits, n - positives],
});

function ratesOf(
  counts: Counts,
  make: (share: Share, kind: keyof Rates<Share>) => Estimate,
): Rates<Estimate> {
  const all = sides(counts);
  return {
    selection_rate: make(all.selection_rate, "selection_rate"),
    true_positive_rate: make(all.true_positive_rate, "true_positive_rate"),
    false_positive_rate: make(all.false_positive_rate, "false_positive_rate"),
  };
}

function difference([hits, n]: Share, [otherHits, otherN]: Share): Estimate {
  const found = newcombeDifference({ reference: { hits, n }, current: { hits: otherHits, n: otherN } });
  return found ? estimate(found.difference, found.interval) : NOTHING;
}
