import { measureBinary } from "./binary";
import { compareGroups } from "./fairness";
import type { EvaluationOptions, Outcomes } from "./input";
import { measureMulticlass } from "./multiclass";
import { Pace } from "./pace";
import { measureRegression } from "./regression";
import type { EvaluationReport } from "./schema";
import { searchSlices } from "./slices";
import { type Usable, usableRows } from "./usable";
import { worstRows } from "./worst-rows";

/**
 * The numbers of a model on labelled rows. Rows without a label or without a prediction are counted and left out. Works in
 * typed arrays, some 60 bytes a row beside the input, and pauses between passes, so that it can run where other work waits.
 *
 * @returns a report whose every metric has its 95 % interval, see docs/statistics.md
 * @throws TidemarkError `bad_request` for arrays of different lengths, a score outside 0 to 1, or no row that can be used;
 *   the signal's reason when it is aborted
 */
export async function computeEvaluation(
  outcomes: Outcomes,
  options: EvaluationOptions = {},
): Promise<EvaluationReport> {
  const pace = new Pace(options);
  await pace.step(0);
  const usable = usableRows(outcomes, options.rows);
  const { part, losses } = await measure(outcomes, usable, pace);
  const sliced = await searchSlices(outcomes, usable, losses, options, pace);
  const fairness = compareGroups(outcomes, usable, options);
  await pace.step(0.97);
  const report: EvaluationReport = {
    task: outcomes.task,
    n: usable.rows.length,
    n_missing_label: usable.missingLabel,
    n_missing_prediction: usable.missingPrediction,
    ...part,
    slices: sliced?.slices ?? [],
    ...(sliced ? { slice_search: sliced.slice_search } : {}),
    ...(fairness && fairness.length > 0 ? { fairness } : {}),
    worst_rows: worstRows(outcomes, usable, losses),
  };
  await pace.step(1);
  return report;
}

function measure(outcomes: Outcomes, usable: Usable, pace: Pace) {
  if (outcomes.task === "binary") return measureBinary(outcomes, usable, pace);
  if (outcomes.task === "multiclass") return measureMulticlass(outcomes, usable, pace);
  return measureRegression(usable, pace);
}
