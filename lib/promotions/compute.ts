import { formatDay } from "@/lib/charts/format";
import { chooseEvidence, choosePair } from "./choose-evidence";
import { gateName, thresholdWords } from "./gate-words";
import type { Evidence, GateInputs, Pair } from "./inputs";
import {
  choiceOf,
  evidenceSource,
  type Judgement,
  judgeChampion,
  judgeEvidence,
  unevaluated,
} from "./judge-evaluation";
import { judgeCard, judgeCoverage, judgeDrift, judgeQuality, judgeTold } from "./judge-live";
import type { Gate, GateResult } from "./schema";

const DAY_MS = 86_400_000;

/**
 * Each gate against what is known. Whatever a gate asks for and is not there (evidence, metric, slice, report) fails it;
 * alone a target that holds nothing yet has no champion to be worse than.
 */
export function judgeGates(gates: readonly Gate[], inputs: GateInputs): GateResult[] {
  return gates.map((gate) => ({
    gate,
    name: gateName(gate),
    threshold: thresholdWords(gate),
    ...judge(gate, inputs),
  }));
}

function judge(gate: Gate, inputs: GateInputs): Judgement {
  switch (gate.kind) {
    case "metric":
      return gate.source === "evidence" ? judgeEvidence(gate, inputs) : judgeTold(gate, inputs);
    case "champion":
      return judgeChampion(gate, inputs);
    case "evidence":
      return judgeFreshness(gate, inputs);
    case "drift":
      return judgeDrift(gate, inputs);
    case "quality":
      return judgeQuality(gate, inputs);
    case "coverage":
      return judgeCoverage(gate, inputs);
    case "card":
      return judgeCard(gate, inputs);
  }
}

function judgeFreshness(gate: Extract<Gate, { kind: "evidence" }>, inputs: GateInputs): Judgement {
  const choice = chooseEvidence(inputs.evidence.challenger, inputs.version, gate);
  if (!choice.evidence) return unevaluated(inputs, choice, gate.dataset);
  const days = (inputs.nowMs - Date.parse(choice.evidence.created_at)) / DAY_MS;
  const passed = gate.max_age_days === null || days <= gate.max_age_days;
  const since = `of ${formatDay(choice.evidence.created_at)}`;
  return {
    value: Math.max(0, days),
    interval: null,
    source: evidenceSource(inputs.model, choice.evidence),
    passed,
    why: passed
      ? `confirmed evidence ${since}`
      : `the evidence is ${since}, ${Math.floor(days)} days old: evaluate again`,
    slices: [],
  };
}

/** Which evaluations have to be compared row by row before champion gates can be judged. */
export function wantedPairs(
  gates: readonly Gate[],
  { evidence, version, champion }: Pick<GateInputs, "evidence" | "version" | "champion">,
): Pair[] {
  if (champion === null) return [];
  return gates.flatMap((gate) => {
    if (gate.kind !== "champion") return [];
    const pair = choosePair(evidence, { ...gate, version, champion });
    if (!pair.challenger) return [];
    const ids = { challenger: pair.challenger.evaluation_id, champion: pair.champion.evaluation_id };
    if (gate.each === null) return [{ ...ids, slice: gate.slice }];
    return pair.challenger.report.slices
      .filter(({ slice, n }) => slice.length === 1 && slice[0]!.feature === gate.each && n >= gate.minimum_n)
      .map(({ slice }) => ({ ...ids, slice: choiceOf(slice) }));
  });
}

/** The evaluations that the gates rest on, of both sides. */
export function usedEvidence(gates: readonly Gate[], inputs: GateInputs): Evidence[] {
  const used = gates.flatMap((gate): (Evidence | null)[] => {
    if (gate.kind === "champion" && inputs.champion !== null) {
      const pair = choosePair(inputs.evidence, {
        ...gate,
        version: inputs.version,
        champion: inputs.champion,
      });
      return pair.challenger ? [pair.challenger, pair.champion] : [];
    }
    if (gate.kind === "evidence" || (gate.kind === "metric" && gate.source === "evidence"))
      return [chooseEvidence(inputs.evidence.challenger, inputs.version, gate).evidence];
    return [];
  });
  const kept = used.filter((each): each is Evidence => each !== null);
  return [...new Map(kept.map((each) => [each.evaluation_id, each])).values()];
}

/** When the evidence becomes older than the gates allow; null: never. */
export function expiryOf(gates: readonly Gate[], inputs: GateInputs): number | null {
  const ends = gates.flatMap((gate) => {
    if (gate.kind !== "evidence" || gate.max_age_days === null) return [];
    const { evidence } = chooseEvidence(inputs.evidence.challenger, inputs.version, gate);
    return evidence ? [Date.parse(evidence.created_at) + gate.max_age_days * DAY_MS] : [];
  });
  return ends.length > 0 ? Math.min(...ends) : null;
}
