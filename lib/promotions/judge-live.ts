import { cardGates } from "@/lib/cards/gates";
import type { ModelCard } from "@/lib/cards/schema";
import { formatMetric, formatShare, formatWindow, listWords, plural } from "@/lib/charts/format";
import { runHref } from "@/lib/experiments/address";
import { versionHref } from "@/lib/models/address";
import { metricName } from "@/lib/models/metric";
import { thresholdWords } from "./gate-words";
import type { GateInputs } from "./inputs";
import { type Judgement, missing } from "./judge-evaluation";
import type { Gate } from "./schema";

type MetricGate = Extract<Gate, { kind: "metric" }>;

/** A metric that the run, the card or live predictions tell. */
export function judgeTold(gate: MetricGate, inputs: GateInputs): Judgement {
  const told = readTold(gate, inputs);
  if (told.value === null) return { ...missing(told.why), source: told.source };
  const passed =
    (gate.at_least === null || told.value >= gate.at_least) &&
    (gate.at_most === null || told.value <= gate.at_most);
  const said = `${metricName(gate.metric)} is ${formatMetric(told.value)}`;
  return {
    value: told.value,
    interval: null,
    source: told.source,
    passed,
    why: passed ? said : `${said}; it passes with ${thresholdWords(gate)}`,
    slices: [],
  };
}

type Told = { source: Judgement["source"] } & (
  | { value: number; why?: undefined }
  | { value: null; why: string }
);

function readTold({ source: from, metric }: MetricGate, inputs: GateInputs): Told {
  const value = (source: Judgement["source"], found: number | null | undefined, why: string): Told =>
    found == null || !Number.isFinite(found) ? { source, value: null, why } : { source, value: found };
  if (from === "run") {
    if (!inputs.run)
      return value({ label: "run", href: null }, null, `version ${inputs.version} has no run of this server`);
    const { run_id, metrics } = inputs.run;
    const source = { label: `run ${run_id.slice(0, 8)}`, href: runHref(run_id) };
    const found = metrics.find(({ key }) => key === metric)?.value;
    return value(source, found, `the run has no finite metric ${metric}`);
  }
  if (from === "card") {
    const source = { label: `card, revision ${inputs.card.revision}`, href: versionHref(inputs, "card") };
    const found = inputs.card.revision > 0 ? inputs.card.card?.metrics : undefined;
    return value(
      source,
      found?.find(({ name }) => name === metric)?.value,
      found ? `the card says no value of ${metric}` : "no card is saved",
    );
  }
  const { report, why } = inputs.performance;
  if (!report) return value({ label: "live predictions", href: null }, null, why);
  const source = {
    label: `${plural(report.labelled, "labelled prediction")}, ${formatWindow(report.window)}`,
    href: versionHref(inputs, "performance", report.window),
  };
  return value(source, report.metrics[metric], `${metric} could not be measured on live predictions`);
}

export function judgeDrift(gate: Extract<Gate, { kind: "drift" }>, inputs: GateInputs): Judgement {
  const { report, why } = inputs.drift;
  if (!report) return missing(why, "live predictions");
  const source = {
    label: `${plural(report.window.n, "prediction")}, ${formatWindow(report.window)}`,
    href: versionHref(inputs, "drift", { from: report.window.from, to: report.window.to }),
  };
  if (report.drifted_share === null)
    return { ...missing(report.reason ?? "drift could not be tested"), source };
  // What is missing fails: a feature that could not be tested may have moved.
  const untested = report.features.filter(({ state }) => state === "not_computable");
  const passed = untested.length === 0 && report.drifted_share <= gate.max_share;
  const moved = report.features.filter((each) => each.drift_detected).map(({ name }) => name);
  return {
    value: report.drifted_share,
    interval: null,
    source,
    passed,
    why: [
      moved.length === 0
        ? `none of ${plural(report.tested, "feature")} moved`
        : `${listWords(moved)} moved, of ${plural(report.tested, "feature")}`,
      thresholdsOf(report.features),
      ...untested.map(({ name, reason }) => `${name} could not be tested: ${reason}`),
    ].join("; "),
    slices: [],
  };
}

/** Whoever reviews drift may set them: a reviewer sees what counted as moved. */
function thresholdsOf(features: readonly { alpha: number; effect_floor: number }[]): string {
  const [first] = features;
  if (!first) return "no feature is monitored";
  return features.every(
    ({ alpha, effect_floor }) => alpha === first.alpha && effect_floor === first.effect_floor,
  )
    ? `moved means q < ${first.alpha} and an effect of ${first.effect_floor} or more`
    : "what counts as moved is set feature by feature";
}

export function judgeQuality(gate: Extract<Gate, { kind: "quality" }>, inputs: GateInputs): Judgement {
  const { report, why } = inputs.quality;
  if (!report) return missing(why, "live predictions");
  const source = {
    label: `${plural(report.n, "prediction")}, ${formatWindow(report.window)}`,
    href: versionHref(inputs, "quality", report.window),
  };
  if (report.n === 0) return { ...missing("there are no predictions in the last window"), source };
  const rates = report.features
    .filter(({ role, missing_rate }) => role === "feature" && missing_rate !== null)
    .map(({ name, missing_rate }) => ({ name, rate: missing_rate! }))
    .sort((a, b) => b.rate - a.rate);
  const faults: string[] = [];
  const errors = report.errors / report.n;
  if (gate.max_missing !== null) {
    if (rates.length === 0) faults.push("no feature was read");
    for (const { name, rate } of rates)
      if (rate > gate.max_missing) faults.push(`${name} is missing in ${formatShare(rate)}`);
  }
  if (gate.max_errors !== null && errors > gate.max_errors) faults.push(`${formatShare(errors)} failed`);
  const worst = rates[0];
  return {
    value: gate.max_missing !== null ? (worst?.rate ?? null) : errors,
    interval: null,
    source,
    passed: faults.length === 0,
    why:
      faults.length > 0
        ? listWords(faults)
        : `${formatShare(errors)} failed${worst ? `; ${worst.name} is missing most, in ${formatShare(worst.rate)}` : ""}`,
    slices: [],
  };
}

export function judgeCoverage(gate: Extract<Gate, { kind: "coverage" }>, inputs: GateInputs): Judgement {
  const { report, why } = inputs.performance;
  if (!report) return missing(why, "live predictions");
  const source = {
    label: `${plural(report.n, "prediction")}, ${formatWindow(report.window)}`,
    href: versionHref(inputs, "performance", report.window),
  };
  if (report.coverage === null)
    return { ...missing("there are no predictions that a label could be for"), source };
  return {
    value: report.coverage,
    interval: null,
    source,
    passed: report.coverage >= gate.at_least,
    why: `${formatShare(report.coverage)} have a label`,
    slices: [],
  };
}

export function judgeCard(gate: Extract<Gate, { kind: "card" }>, inputs: GateInputs): Judgement {
  const { revision, card } = inputs.card;
  const source = {
    label: revision === 0 ? "no card" : `card, revision ${revision}`,
    href: versionHref(inputs, "card"),
  };
  if (revision === 0) return { ...missing("no card is saved: write it on the page Model card"), source };
  if (!card) return { ...missing("the saved card cannot be read: save it anew"), source };
  const lacking = emptySections(card);
  const short = gate.thresholds ? thresholdFaults(card) : [];
  const faults = [...(lacking.length > 0 ? [`${listWords(lacking, 20)} still empty`] : []), ...short];
  return {
    value: null,
    interval: null,
    source,
    passed: faults.length === 0,
    why: faults.length === 0 ? "every section has an answer" : faults.join("; "),
    slices: [],
  };
}

/** What a reader of the card would look for in vain. */
export function emptySections({ model_details, intended_use, training_data, ...rest }: ModelCard): string[] {
  const filled: [string, boolean][] = [
    ["owners", model_details.owners.length > 0],
    ["license", model_details.license !== null],
    ["primary uses", intended_use.primary_uses.length > 0],
    ["out of scope", intended_use.out_of_scope.length > 0],
    ["training data source", training_data.source !== null],
    ["metrics", rest.metrics.some(({ value }) => value !== null)],
    ["ethical considerations", rest.ethical_considerations.length > 0],
    ["monitoring", rest.monitoring.length > 0],
  ];
  return filled.filter(([, there]) => !there).map(([name]) => name);
}

function thresholdFaults(card: ModelCard): string[] {
  const gates = cardGates(card.metrics);
  if (gates.length === 0) return ["no metric of the card has a threshold"];
  return gates.flatMap(({ metric, bound, threshold, value, passed }) =>
    passed
      ? []
      : [
          value === null
            ? `${metric} has a threshold and no value`
            : `${metric} is ${formatMetric(value)}, ${bound} ${formatMetric(threshold)} is wanted`,
        ],
  );
}
