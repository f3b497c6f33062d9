import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { Outcomes } from "@/lib/evaluate/input";
import { decodeOutcome } from "@/lib/evaluate/outcome";
import { getModelVersion } from "@/lib/registry/versions";
import { readKeptFile } from "./kept-files";
import type { Evaluation } from "./schema";
import { type EvaluationAt, type EvaluationRow, selectEvaluation } from "./store";
import { type Queue, toSummary } from "./summary";

/** @throws TidemarkError `not_found` */
export async function describeEvaluation(
  db: Database,
  at: EvaluationAt,
  queue: Queue | null = null,
): Promise<Evaluation> {
  const row = await getEvaluation(db, at);
  const { model_files, mapping } = row;
  return { ...toSummary(row, queue), model_files, mapping, ...countedOf(row) };
}

/**
 * Labels and scores of an evaluation, for paired tests: two evaluations of one dataset have their rows in one order.
 * @throws TidemarkError `not_found`; `conflict` where the kept file is not what was saved
 */
export async function readOutcome(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: EvaluationAt,
): Promise<Outcomes> {
  const { outcome } = countedOf(await getEvaluation(db, at));
  return decodeOutcome(await readKeptFile(keeper, outcome));
}

/** Once the server has repeated it, what that gave; until then what was saved. */
const countedOf = (row: EvaluationRow) => ({
  report: row.confirmed_report ?? row.report,
  outcome: row.confirmed_outcome ?? row.outcome,
});

/**
 * A file of the model as it was evaluated, which may be another than what the version is registered with.
 * @throws TidemarkError `not_found` where the evaluation names no such file; `conflict` where it is not what was saved
 */
export async function readModelFile(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: EvaluationAt,
  sha256: string,
): Promise<Buffer> {
  const { model_files } = await getEvaluation(db, at);
  if (model_files.some((file) => file.sha256 === sha256)) return readKeptFile(keeper, sha256);
  throw new TidemarkError(
    "not_found",
    `evaluation ${at.id} has no model file ${sha256}: its model_files are ${model_files.map((file) => file.sha256).join(", ")}`,
  );
}

/** @throws TidemarkError `not_found` */
export async function getEvaluation(db: Database, at: EvaluationAt): Promise<EvaluationRow> {
  const { model, version } = await getModelVersion(db, at);
  const found = await selectEvaluation(db, { model, version, id: at.id });
  if (found) return found;
  throw new TidemarkError(
    "not_found",
    `version ${version} of ${model} has no evaluation ${at.id}: GET /api/v1/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}/evaluations lists them`,
  );
}
