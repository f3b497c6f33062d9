import {
  formatAgo,
  formatCount,
  formatMetric,
  formatShare,
  formatWindow,
  listWords,
  plural,
} from "@/lib/charts/format";
import { metricName, metricStanding } from "./metric";
import type { Health, MetricReading, VersionSummary } from "./schema";

/** A sentence in pieces; the marked ones name a feature. */
export type Phrase = string | { feature: string };

/** Whether a version wants a person's attention, worst first. */
export const CONDITIONS = ["worse", "drift", "failing", "untested", "silent", "steady"] as const;
export type Condition = (typeof CONDITIONS)[number];

/** More failed predictions than this share is worth a look before any drift. */
const FAILING_SHARE = 0.05;

export function versionCondition({ health }: VersionSummary): Condition {
  if (!health || health.n === 0) return "silent";
  if (health.metric && metricStanding(health.metric) === "worse") return "worse";
  if (health.drift_detected) return "drift";
  if (errorShare(health) > FAILING_SHARE) return "failing";
  return health.drift_detected === null ? "untested" : "steady";
}

/** How a version is doing, as a colleague would say it. */
export function versionVerdict(summary: VersionSummary): Phrase[] {
  const { health } = summary;
  if (!health || health.n === 0) {
    return ["Nothing has been logged for this version yet, so there is nothing to say about it."];
  }
  return [
    ...driftSentence(health),
    " ",
    ...metricSentence(health, summary.baseline !== null),
    ...failureSentence(health),
  ];
}

function driftSentence({
  drift_detected,
  drifted_features: drifted,
  tested_features,
  reason,
}: Health): Phrase[] {
  if (drift_detected === null)
    return [`Drift was not tested: ${unpunctuated(reason ?? "nothing to compare with")}.`];
  if (!drift_detected) {
    return [
      tested_features === 1
        ? "The one feature tested has not moved."
        : `Nothing that the model reads has moved: ${tested_features} features tested together.`,
    ];
  }
  const others = tested_features - drifted.length;
  const rest = others > 0 ? `; the other ${others === 1 ? "one has" : `${others} have`} not` : "";
  return [...namePhrases(drifted), ` moved against the baseline${rest}.`];
}

function metricSentence({ metric, labelled, drift_detected }: Health, hasBaseline: boolean): Phrase[] {
  if (!metric || metric.value === null) {
    const why =
      labelled === 0 ? "no label has come in for these predictions" : "there are too few labels for it";
    return [`What it does to performance is unknown: ${why}.`];
  }
  if (!hasBaseline) return [`${capitalised(metricName(metric.name))} is ${formatMetric(metric.value)}.`];
  return [metricWords(metric, drift_detected === true)];
}

/** "AUC fell from 0.700 to 0.652, further than chance explains." */
export function metricWords(metric: MetricReading, afterDrift = false): string {
  const name = capitalised(metricName(metric.name));
  const value = formatMetric(metric.value);
  if (metric.baseline === null || metric.value === null)
    return `${name} is ${value}; the baseline has no labels to compare it with.`;
  const baseline = formatMetric(metric.baseline);
  const went = metric.value >= metric.baseline ? "rose" : "fell";
  switch (metricStanding(metric)) {
    case "worse":
      return `${name} ${went} from ${baseline} to ${value}, further than chance explains: the model ${afterDrift ? "now " : ""}does worse.`;
    case "better":
      return `${name} ${went} from ${baseline} to ${value}, further than chance explains, and for the better.`;
    case "within":
      return value === baseline
        ? `${name} is ${value}, as in the baseline.`
        : `${name} ${went} from ${baseline} to ${value}, no more than chance explains${afterDrift ? ", so it has cost nothing yet" : ""}.`;
    default:
      return `${name} is ${value}, against ${baseline} in the baseline.`;
  }
}

function failureSentence(health: Health): Phrase[] {
  if (health.errors === 0 || errorShare(health) < 0.001) return [];
  return [` ${formatShare(errorShare(health))} of the predictions failed.`];
}

/** What the verdict rests on: window, n, labels, tests, freshness. */
export function verdictBasis(summary: VersionSummary, now: number): string[] {
  const { health, last_received_at } = summary;
  if (!health || health.n === 0) return [];
  return [
    `latest week with data, ${formatWindow(health.window)}`,
    plural(health.n, "prediction"),
    labelWords(health),
    ...(health.tested_features > 0 ? [`${plural(health.tested_features, "feature")} tested together`] : []),
    ...(last_received_at ? [`last row came ${formatAgo(last_received_at, now)}`] : []),
  ];
}

/** "all labelled", "no labels", "12,040 labelled (63 %)". */
export function labelWords({ n, errors, labelled }: Health): string {
  const answered = n - errors;
  if (labelled === 0) return "no labels";
  if (labelled >= answered) return "all labelled";
  return `${formatCount(labelled)} labelled (${formatShare(labelled / answered)})`;
}

/** "2 of 7 moved", "none of 7 moved", "not tested". */
export function driftWords({ drift_detected, drifted_features, tested_features }: Health): string {
  if (drift_detected === null) return "not tested";
  if (drifted_features.length === 0) return `none of ${tested_features} moved`;
  return `${drifted_features.length} of ${tested_features} moved`;
}

export const errorShare = ({ n, errors }: Health): number => (n > 0 ? errors / n : 0);

function namePhrases(features: readonly string[]): Phrase[] {
  const most = 4;
  const named = features.slice(0, features.length > most ? most - 1 : most);
  const left = features.length - named.length;
  return named
    .flatMap((feature, index): Phrase[] => {
      if (index === 0) return [{ feature }];
      const last = index === named.length - 1 && left === 0;
      return [last ? " and " : ", ", { feature }];
    })
    .concat(left > 0 ? [` and ${left} more`] : []);
}

/** Names for a title or a screen reader. */
export const driftedNames = (health: Health): string => listWords(health.drifted_features, 8);

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const unpunctuated = (text: string) => text.replace(/[.\s]+$/, "");
