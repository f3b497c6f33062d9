import { formatCount, formatDay, formatValue, plural } from "@/lib/charts/format";
import type { Phrase } from "@/lib/models/verdict";
import type { PerformanceReport } from "@/lib/performance/schema";
import { metricSentence } from "@/lib/performance/verdict";
import { prepareBasis } from "./basis";
import { courseOf } from "./course";
import { distanceName, formatDistance, markOf } from "./distance";
import { referenceName } from "./reference-name";
import type { DriftReport, DriftTimeline, FeatureDrift } from "./schema";

export type DriftVerdict = {
  /** drift: something moved. quiet: tested, nothing did. unknown: nothing could be tested. */
  state: "drift" | "quiet" | "unknown";
  phrases: Phrase[];
  /** n, labels, how many tests together, how it was measured, freshness. */
  restsOn: string[];
};

export type Evidence = {
  report: DriftReport;
  timeline?: DriftTimeline | null | undefined;
  /** Performance over the very window of the report. */
  performance?: PerformanceReport | null | undefined;
};

/** The report in the words of a colleague: what moved, how far, since when, and what it did. No causes. */
export function prepareVerdict(evidence: Evidence): DriftVerdict {
  const { report, performance } = evidence;
  const moved = rank(report.features.filter((feature) => feature.drift_detected));
  const state = report.drift_detected === null ? "unknown" : moved.length > 0 ? "drift" : "quiet";
  const phrases =
    state === "unknown" ? untested(report) : state === "quiet" ? quiet(report) : drifted(evidence, moved);
  if (state !== "unknown") phrases.push(...outputs(report, state));
  if (report.window.n > 0 && performance) phrases.push(` ${metricSentence(performance)}`);
  return { state, phrases, restsOn: prepareBasis(evidence) };
}

/** What is more than chance first, then the furthest. */
const rank = (features: readonly FeatureDrift[]) =>
  [...features].sort(
    (a, b) => Number(exceedsChance(b)) - Number(exceedsChance(a)) || (b.effect ?? 0) - (a.effect ?? 0),
  );

function untested({ window, reason }: DriftReport): Phrase[] {
  if (window.n === 0) return ["There are no predictions in this window, so nothing was tested."];
  return [`Nothing was tested: ${(reason ?? "there is nothing to compare with").replace(/[.\s]+$/, "")}.`];
}

function quiet(report: DriftReport): Phrase[] {
  const tested = rank(report.features.filter((feature) => feature.state === "ok"));
  const largest = tested[0];
  const sentences: Phrase[] = [
    tested.length === 1
      ? "The one feature tested has not moved."
      : `None of the ${tested.length} features tested moved.`,
  ];
  if (largest) {
    sentences.push(
      " The largest distance is ",
      { feature: largest.name },
      `: ${measured(largest)}, ${whyNot(largest)}.`,
    );
  }
  return [...sentences, ...blindness(tested), ...skipped(report)];
}

function drifted({ report, timeline }: Evidence, moved: readonly FeatureDrift[]): Phrase[] {
  const [worst] = moved as [FeatureDrift, ...FeatureDrift[]];
  const named = moved.slice(0, 3);
  const names = named.flatMap((feature, index): Phrase[] => [
    ...(index === 0 ? [] : [index === named.length - 1 && named.length === moved.length ? " and " : ", "]),
    { feature: feature.name },
  ]);
  const more = moved.length > named.length ? [` and ${moved.length - named.length} more`] : [];
  // A rough p-value can pass where the distance itself is no more than chance gives: then nothing is certain.
  const verb = moved.some(exceedsChance) ? "moved" : "may have moved";
  const furthest: Phrase[] = [moved.length === 1 ? ` ${verb}: ` : ` ${verb}, the first furthest: `];
  return [
    ...names,
    ...more,
    ...furthest,
    `${measured(worst)} against ${referenceName(report.reference)}${timesChance(worst)}${heading(worst)}.`,
    ...(exceedsChance(worst) ? course(worst, timeline) : []),
    ...others(report, moved),
  ];
}

const measured = (feature: FeatureDrift) => `${distanceName(feature)} ${formatDistance(feature)}`;

function exceedsChance({ effect, effect_band: band }: FeatureDrift): boolean {
  return effect !== null && (band === null || effect > band);
}

function timesChance(feature: FeatureDrift): string {
  const { effect, effect_band: band } = feature;
  if (!exceedsChance(feature)) return ", no more than chance alone gives at this size";
  if (effect === null || !band || effect < 2 * band) return "";
  return `, ${formatValue(effect / band, 2)} times what chance gives at this size`;
}

function heading({ direction }: FeatureDrift): string {
  return direction === null ? "" : `, ${direction}wards`;
}

/** Which of the two conditions a feature that did not drift failed. */
export function whyNot({ significant, sizeable, effect, effect_floor, effect_band }: FeatureDrift): string {
  const floor = `within the floor of ${formatValue(effect_floor, 2)}`;
  const chance = `no more than chance gives here${effect_band === null ? "" : ` (${formatValue(effect_band, 2)})`}`;
  if (!sizeable && !significant) return `${floor} and ${chance}`;
  if (sizeable) return "but not significant at this size";
  return effect !== null && effect >= effect_floor ? chance : floor;
}

/** Where rows are so few that chance alone passes the floor, quiet is not the same as unchanged. */
function blindness(tested: readonly FeatureDrift[]): Phrase[] {
  const blind = tested.filter(({ effect_band, effect_floor }) => (effect_band ?? 0) > effect_floor);
  const widest = Math.max(...blind.map(({ effect_band }) => effect_band ?? 0));
  if (blind.length === 0) return [];
  const which =
    blind.length === tested.length ? "these counts" : `the counts of ${plural(blind.length, "feature")}`;
  return [
    ` At ${which} chance alone gives up to ${formatValue(widest, 2)}, so a smaller move would go unseen.`,
  ];
}

function course(feature: FeatureDrift, timeline: Evidence["timeline"]): Phrase[] {
  const row = timeline?.features.find(({ name }) => name === feature.name);
  if (!timeline || !row) return [];
  const mark = markOf(feature);
  const path = courseOf({ row, mark, filling: timeline.buckets.map(({ filling }) => filling) });
  const day = (index: number) => formatDay(timeline.buckets[index]?.start ?? timeline.window.from);
  const units = (n: number) => plural(n, timeline.bucket);
  switch (path.kind) {
    case "unknown":
      return [];
    case "throughout":
      return [
        ` It is above ${mark} on ${formatCount(path.above)} of ${units(path.measured)}, the whole time shown.`,
      ];
    case "since":
      return [
        ` It has been above ${mark} since ${day(path.first)} (${units(path.above)}) and hardly ever before.`,
      ];
    case "spell":
      return path.first === path.last
        ? [` It was a single ${timeline.bucket}, ${day(path.first)}, and has passed.`]
        : [` It came once, from ${day(path.first)} to ${day(path.last)}, and has passed.`];
    case "bursts": {
      const share = `${formatCount(path.above)} of ${units(path.measured)} above ${mark}`;
      const tail = {
        rising: ", and they are growing",
        falling: ", and they are fading",
        none: ", not as a trend",
        unclear: "",
      };
      return [` It comes in bursts (${share})${tail[path.trend]}.`];
    }
  }
}

/** What was tested and did not move, and what could not be tested at all. */
function others({ features }: DriftReport, moved: readonly FeatureDrift[]): Phrase[] {
  const rest = features.filter(({ state }) => state === "ok").length - moved.length;
  const lead =
    rest > 1
      ? ` None of the other ${rest} features tested did`
      : rest === 1
        ? " The one other feature tested did not"
        : moved.length > 1
          ? " No feature that was tested stayed"
          : null;
  const missing = features.filter(({ state }) => state === "not_computable").length;
  const left = missing > 0 ? `${formatCount(missing)} could not be tested` : null;
  const parts = [lead, left].filter((part) => part !== null);
  return parts.length === 0 ? [] : [`${lead === null ? " " : ""}${parts.join("; ")}.`];
}

function skipped({ features }: DriftReport): Phrase[] {
  const missing = features.filter(({ state }) => state === "not_computable").length;
  return missing === 0 ? [] : [` ${plural(missing, "feature")} could not be tested.`];
}

function outputs({ score, prediction }: DriftReport, state: DriftVerdict["state"]): Phrase[] {
  const [output, name] = score?.state === "ok" ? [score, "score"] : [prediction, "prediction"];
  if (!output?.drift_detected) return [];
  const moved = `${measured(output)}${heading(output)}.`;
  return [
    state === "drift"
      ? ` The model's ${name} moved too: ${moved}`
      : ` But the model's ${name} moved: ${moved}`,
  ];
}
