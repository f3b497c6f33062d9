import { formatMetric, plural } from "@/lib/charts/format";
import { MOST_VALUES } from "@/lib/evaluate/groups";
import type { Estimate, EvaluationReport, Slice } from "@/lib/evaluate/schema";
import { DEFAULT_MINIMUM } from "@/lib/evaluate/slices";
import { metricName } from "@/lib/models/metric";
import { evaluateHref, evidenceHref } from "./address";
import { chooseEvidence, choosePair } from "./choose-evidence";
import { directionOf, sliceWords, thresholdWords } from "./gate-words";
import { type Evidence, type GateInputs, type PairedMetrics, pairKey } from "./inputs";
import type { Gate, GateResult, SliceChoice } from "./schema";

export type Judgement = Pick<GateResult, "value" | "interval" | "source" | "passed" | "why" | "slices">;
type MetricGate = Extract<Gate, { kind: "metric" }>;
type ChampionGate = Extract<Gate, { kind: "champion" }>;

/** A value that was measured on some rows, or why there is none. */
type Reading =
  | { n: number; estimate: Estimate; why?: undefined }
  | { n: number; estimate: null; why: string };

export const missing = (why: string, label = "nothing"): Judgement => ({
  value: null,
  interval: null,
  source: { label, href: null },
  passed: false,
  why,
  slices: [],
});

/** Without evidence that counts the way leads to where it is made. */
export const unevaluated = (
  { model }: Pick<GateInputs, "model">,
  { why, version }: { why: string; version: string },
  dataset: string | null,
): Judgement => ({
  ...missing(why),
  source: { label: `evaluate version ${version}`, href: evaluateHref(model, version, dataset) },
});

export const evidenceSource = (model: string, { version, evaluation_id, dataset, n }: Evidence) => ({
  label: `evidence ${evaluation_id.slice(0, 8)}: ${plural(n, "row")} of dataset ${dataset.slice(0, 12)}`,
  href: evidenceHref(model, version, evaluation_id),
});

/** A metric of confirmed evidence against its bounds, on all rows, on a slice, or on each value of a feature. */
export function judgeEvidence(gate: MetricGate, inputs: GateInputs): Judgement {
  const choice = chooseEvidence(inputs.evidence.challenger, inputs.version, gate);
  if (!choice.evidence) return unevaluated(inputs, choice, gate.dataset);
  const { report } = choice.evidence;
  const passes = (estimate: Estimate) =>
    within(estimate, gate.judge_by, { least: gate.at_least, most: gate.at_most });
  return judgeRows(gate, report, {
    source: evidenceSource(inputs.model, choice.evidence),
    read: (slice) => readMetric(report, gate.metric, slice),
    passes,
    worst: gate.at_least === null ? "highest" : "lowest",
    say: (words) => `${metricName(gate.metric)} is ${words}`,
  });
}

/** The difference to the champion on the same rows, in pairs. */
export function judgeChampion(gate: ChampionGate, inputs: GateInputs): Judgement {
  const { champion } = inputs;
  if (champion === null)
    return { ...missing("the target holds nothing yet, so there is nothing to compare with"), passed: true };
  const pair = choosePair(inputs.evidence, { ...gate, version: inputs.version, champion });
  if (!pair.challenger) return unevaluated(inputs, pair, gate.dataset);
  const direction = directionOf(gate);
  const ids = { challenger: pair.challenger.evaluation_id, champion: pair.champion.evaluation_id };
  // The champion's own value on the rows of each reading: a relative margin is a share of it.
  const held = new Map<Estimate, number>();
  return judgeRows(gate, pair.challenger.report, {
    source: {
      ...evidenceSource(inputs.model, pair.challenger),
      label: `evidence ${ids.challenger.slice(0, 8)} against ${ids.champion.slice(0, 8)}, ${plural(pair.challenger.n, "row")} in pairs`,
    },
    read: (slice) => {
      const reading = readPair(inputs.paired.get(pairKey({ ...ids, slice })), gate.metric);
      if (reading.estimate) held.set(reading.estimate, reading.champion);
      return reading;
    },
    passes: (estimate) => {
      const limits = [
        ...(gate.absolute === null ? [] : [gate.absolute]),
        ...(gate.relative === null ? [] : [gate.relative * Math.abs(held.get(estimate) ?? Number.NaN)]),
      ];
      const allowed = Math.min(...limits);
      return direction === "higher"
        ? within(estimate, gate.judge_by, { least: -allowed, most: null })
        : within(estimate, gate.judge_by, { least: null, most: allowed });
    },
    worst: direction === "higher" ? "lowest" : "highest",
    say: (words) => `the difference in ${metricName(gate.metric)} to version ${champion} is ${words}`,
  });
}

type Rows = {
  source: GateResult["source"];
  read: (slice: SliceChoice | null) => Reading;
  passes: (estimate: Estimate) => boolean;
  worst: "lowest" | "highest";
  say: (words: string) => string;
};

function judgeRows(gate: MetricGate | ChampionGate, report: EvaluationReport, rows: Rows): Judgement {
  if (gate.each !== null) return judgeEach(gate, gate.each, report, rows);
  const { source, read, passes, say } = rows;
  const reading = read(gate.slice);
  if (!reading.estimate) return { ...missing(reading.why), source };
  const passed = passes(reading.estimate);
  return {
    value: reading.estimate.value,
    interval: intervalOf(reading.estimate),
    source,
    passed,
    why: `${say(estimateWords(reading.estimate))}${passed ? "" : `; it passes with ${thresholdWords(gate)}`}`,
    slices: [],
  };
}

function judgeEach(
  gate: MetricGate | ChampionGate,
  feature: string,
  report: EvaluationReport,
  { source, read, passes, worst, say }: Rows,
): Judgement {
  const parts = report.slices.filter(({ slice }) => slice.length === 1 && slice[0]!.feature === feature);
  if (parts.length === 0)
    return {
      ...missing(`the evidence has no slices by ${feature}: evaluate with ${feature} among the slices`),
      source,
    };
  const { minimum_n: searched = 0 } = report.slice_search ?? {};
  const wanted = Math.max(gate.minimum_n, DEFAULT_MINIMUM);
  // Else who evaluates could leave slices out by asking for large ones only.
  if (searched > wanted)
    return {
      ...missing(
        `the evidence looked at slices of ${searched} rows or more, the gate asks for those of ${wanted} or more: evaluate with those among the slices`,
      ),
      source,
    };
  const judged = parts.map(({ slice, n }) => {
    const choice = choiceOf(slice);
    const words = sliceWords(choice);
    if (n < gate.minimum_n) return { slice: words, n, estimate: null, passed: null, why: "" };
    const reading = read(choice);
    return reading.estimate
      ? { slice: words, n, estimate: reading.estimate, passed: passes(reading.estimate), why: "" }
      : { slice: words, n, estimate: null, passed: false, why: reading.why };
  });
  const sign = worst === "lowest" ? 1 : -1;
  // Unread ones first: they fail. Then from the worst value up.
  const rank = (estimate: Estimate | null) =>
    estimate?.value == null ? Number.NEGATIVE_INFINITY : sign * estimate.value;
  const byRank = (a: { estimate: Estimate | null }, b: { estimate: Estimate | null }) =>
    rank(a.estimate) < rank(b.estimate) ? -1 : rank(a.estimate) > rank(b.estimate) ? 1 : 0;
  const tested = judged.filter((each) => each.passed !== null).sort(byRank);
  const failed = tested.filter((each) => each.passed === false);
  const small = judged.filter((each) => each.passed === null);
  const rare = report.n - parts.reduce((sum, { n }) => sum + n, 0);
  // Every value has to pass, and those beyond the most frequent ones were not looked at.
  if (parts.length >= MOST_VALUES && rare >= wanted)
    return {
      ...missing(
        `${feature} has more than the ${MOST_VALUES} values that are looked at, and ${plural(rare, "row")} have one of the others: group its values in the dataset, or set a gate for each slice that counts`,
      ),
      source,
    };
  const leftOut = [
    small.length > 0 ? `; ${small.length} with fewer than ${gate.minimum_n} rows left out` : "",
    rare > 0 ? `; ${plural(rare, "row")} of rarer values in none of them` : "",
  ].join("");
  const [last] = tested;
  const passed = tested.length > 0 && failed.length === 0;
  const why =
    tested.length === 0
      ? `no slice by ${feature} has ${gate.minimum_n} rows`
      : passed
        ? `each of ${plural(tested.length, "slice")} passes; ${say(`worst where ${last!.slice}: ${estimateWords(last!.estimate!)}`)}${leftOut}`
        : `${failed.length} of ${plural(tested.length, "slice")} fail, worst where ${failed[0]!.slice}: ${
            failed[0]!.estimate ? say(estimateWords(failed[0]!.estimate)) : failed[0]!.why
          }${leftOut}`;
  return {
    value: last?.estimate?.value ?? null,
    interval: last?.estimate ? intervalOf(last.estimate) : null,
    source,
    passed,
    why,
    slices: [...tested, ...small].map(({ estimate, why: _, ...each }) => ({
      ...each,
      value: estimate?.value ?? null,
      interval: estimate ? intervalOf(estimate) : null,
    })),
  };
}

export const choiceOf = (slice: Slice["slice"]): SliceChoice =>
  slice.map(({ feature, value }) => ({ feature, value }));

const sameSlice = (a: readonly SliceChoice[number][], b: readonly SliceChoice[number][]) =>
  a.length === b.length &&
  a.every((term) => b.some((other) => other.feature === term.feature && other.value === term.value));

/** The slice of a report; null where it has none of that kind. */
export const findSlice = (report: EvaluationReport, choice: SliceChoice): Slice | null =>
  report.slices.find(({ slice }) => sameSlice(choiceOf(slice), choice)) ?? null;

function readMetric(report: EvaluationReport, metric: string, choice: SliceChoice | null): Reading {
  const part = choice === null ? report : findSlice(report, choice);
  if (!part)
    return {
      n: 0,
      estimate: null,
      why: `the evidence has no slice ${sliceWords(choice!)}: evaluate with it among the slices`,
    };
  const estimate = part.metrics[metric];
  if (!estimate)
    return {
      n: part.n,
      estimate: null,
      why: `the evidence has no metric ${metric}; it has ${Object.keys(part.metrics).join(", ")}`,
    };
  if (estimate.value === null)
    return { n: part.n, estimate: null, why: `${metricName(metric)} could not be measured on these rows` };
  return { n: part.n, estimate };
}

function readPair(paired: PairedMetrics | undefined, metric: string): Reading & { champion: number } {
  const none = (why: string) => ({ n: 0, estimate: null, why, champion: Number.NaN });
  if (!paired) return none("the two were not compared on these rows");
  if ("why" in paired) return none(paired.why);
  const found = paired.metrics[metric];
  if (!found)
    return none(`${metric} is not compared in pairs; compared are ${Object.keys(paired.metrics).join(", ")}`);
  if (found.difference.value === null || found.champion === null)
    return none(`the difference in ${metricName(metric)} could not be measured on these rows`);
  return { n: found.n, estimate: found.difference, champion: found.champion };
}

/** By the interval, its worse end has to be within; an end that is not known is not. */
function within(
  { value, low, high }: Estimate,
  by: "estimate" | "interval",
  { least, most }: { least: number | null; most: number | null },
): boolean {
  const bottom = by === "interval" ? low : value;
  const top = by === "interval" ? high : value;
  return (
    (least === null || (bottom !== null && bottom >= least)) &&
    (most === null || (top !== null && top <= most))
  );
}

const intervalOf = ({ low, high }: Estimate): [number, number] | null =>
  low === null || high === null ? null : [low, high];

function estimateWords({ value, low, high }: Estimate): string {
  const around = low === null || high === null ? "" : ` (${formatMetric(low)} to ${formatMetric(high)})`;
  return `${formatMetric(value)}${around}`;
}
