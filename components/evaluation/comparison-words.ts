import { formatP, formatShare } from "@/lib/charts/format";
import type { EvaluationComparison } from "@/lib/evaluate/schema";
import { metricWords, writeDifference } from "./metric-words";

type Compared = EvaluationComparison["metrics"][string];

export type Standing = "better" | "worse" | "unclear" | "same";

/** Who is ahead: clear where the paired 95 % interval leaves 0 out. */
export function standingOf({ difference: { value, low, high }, better }: Compared): Standing {
  if (value === 0 && low === null) return "same";
  if (low === null || high === null || (low <= 0 && high >= 0)) return "unclear";
  return low > 0 === (better === "higher") ? "better" : "worse";
}

/** The number that a comparison is summed up by. */
const LEADING = {
  binary: ["auc", "accuracy"],
  multiclass: ["log_loss", "accuracy"],
  regression: ["rmse"],
} as const;

/**
 * What the paired tests say, in two sentences.
 * @example "The challenger's ROC AUC is higher by +0.021 (95 % interval +0.012 to +0.030, p 3e-6): better than chance …"
 */
export function comparisonWords(
  { task, metrics, disagreement, n }: EvaluationComparison,
  [champion, challenger]: readonly [string, string],
): string[] {
  const name = LEADING[task].find((metric) => metrics[metric]);
  const leading = name ? metrics[name] : undefined;
  const sentences: string[] = [];
  if (name && leading) {
    const { difference, p_value } = leading;
    const { label } = metricWords(name);
    const numbers =
      difference.low === null
        ? ""
        : ` (95 % interval ${writeDifference(difference.low)} to ${writeDifference(difference.high)}, p ${formatP(p_value)})`;
    const verdict = {
      better: `${challenger} is better: its ${label} differs by ${writeDifference(difference.value)}${numbers}.`,
      worse: `${challenger} is worse: its ${label} differs by ${writeDifference(difference.value)}${numbers}.`,
      unclear: `These ${n.toLocaleString("en-US")} rows do not tell which is better: ${label} differs by ${writeDifference(difference.value)}${numbers}.`,
      same: `Both have the very same ${label}.`,
    };
    sentences.push(verdict[standingOf(leading)]);
  }
  if (disagreement) {
    const { only_champion, only_challenger } = disagreement;
    const share = formatShare((only_champion + only_challenger) / n);
    sentences.push(
      only_champion + only_challenger === 0
        ? "Both are right and wrong on the same rows."
        : `On ${share} of the rows one is right and the other wrong: ${only_challenger.toLocaleString("en-US")} times ${challenger} is right, ${only_champion.toLocaleString("en-US")} times ${champion} (McNemar, exact p ${formatP(disagreement.p_exact)}).`,
    );
  }
  return sentences;
}
