import { firstDifference, reportDifference, toleranceOf } from "@/lib/evaluate/agreement";
import { computeEvaluation } from "@/lib/evaluate/compute";
import type { EvaluationColumn, EvaluationOptions } from "@/lib/evaluate/input";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import { modelHash, type NamedBytes } from "@/lib/evaluate/model-files";
import { decodeOutcome, encodeOutcome } from "@/lib/evaluate/outcome";
import { readModel } from "@/lib/evaluate/read-model";
import type { EvaluationReport } from "@/lib/evaluate/schema";
import type { Backend } from "./schema";
import { scoreDataset } from "./score-dataset";

/** All that repeating an evaluation takes. */
export type Evidence = {
  /** In the order that was saved. */
  files: NamedBytes[];
  modelSha256: string;
  mapping: InputMapping;
  data: { name: string; bytes: Uint8Array };
  label: string;
  outcome: Uint8Array;
  report: EvaluationReport;
  backend: Backend;
};
export type Judgement =
  | { state: "confirmed"; message: string; counted: Counted }
  | { state: "contradicted"; message: string };
/** What the repetition gave, which is what counts from then on. */
export type Counted = {
  report: EvaluationReport;
  outcome: Uint8Array<ArrayBuffer>;
  /** The column of labels that it was measured by. */
  label: string;
};

/**
 * Repeats an evaluation and says whether what was saved is what the model, the mapping and the data give: first the hash,
 * then every label and score within the tolerance of the backend, then every number of the report, computed anew of the
 * saved scores, to rounding. What counts afterwards are the scores of this very repetition and their numbers: within the
 * tolerance a forger could still put every tie in the order of its labels.
 * @throws TidemarkError for a model that cannot be loaded, or data that do not fit it
 */
export async function judge(evidence: Evidence): Promise<Judgement> {
  const { files, mapping, data, label } = evidence;
  const model = readModel(files);
  const hash = await modelHash(model.files);
  if (hash !== evidence.modelSha256) {
    return contradicted(`the model: ${evidence.modelSha256} was saved, its files make ${hash}`);
  }
  const { rows, columns, outcomes, backend } = await scoreDataset(model, data, { mapping, label });
  const saved = decodeOutcome(evidence.outcome);
  const tolerance = toleranceOf(evidence.backend);
  const difference = firstDifference(saved, outcomes, tolerance);
  if (difference) return contradicted(difference);
  const options = optionsOf(evidence.report, columns, label);
  const wrong = reportDifference(evidence.report, asJson(await computeEvaluation(saved, options)));
  if (wrong) return contradicted(wrong);
  const own = asJson(await computeEvaluation(outcomes, options));
  return {
    state: "confirmed",
    message: `the server's ${backend} gives the same ${rows.toLocaleString("en-GB")} scores to ${tolerance.absolute}, and the same numbers`,
    counted: { report: own, outcome: encodeOutcome(outcomes), label },
  };
}

/** As it is kept. */
const asJson = (report: EvaluationReport): EvaluationReport => JSON.parse(JSON.stringify(report));

const contradicted = (message: string): Judgement => ({ state: "contradicted", message });

/** What a report was asked for, as it tells itself. */
export function optionsOf(
  { slice_search, fairness }: EvaluationReport,
  columns: readonly EvaluationColumn[],
  label: string,
): EvaluationOptions {
  const others = columns.filter(({ name }) => name !== label);
  return {
    columns: others,
    ...(slice_search
      ? {
          slices: {
            features: [...slice_search.features, ...slice_search.left_out],
            depth: slice_search.depth as 1 | 2,
            minimumN: slice_search.minimum_n,
          },
        }
      : { slices: { features: [] } }),
    ...(fairness ? { fairness: fairness.map(({ feature, reference }) => ({ feature, reference })) } : {}),
  };
}
