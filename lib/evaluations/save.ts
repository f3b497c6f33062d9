import { createHash, randomUUID } from "node:crypto";
import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { decodeOutcome } from "@/lib/evaluate/outcome";
import { registering } from "@/lib/registry/refusals";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { describeEvaluation } from "./describe";
import { readKeptFile } from "./kept-files";
import { registeredModel } from "./registered-model";
import type { Evaluation, EvaluationSave } from "./schema";
import { insertEvaluation } from "./store";

/**
 * Keeps an evaluation as evidence. Its files and its outcome were sent before (`keepBySha256`).
 * @throws TidemarkError `not_found` for the version or a file that was not sent, `bad_request` for an outcome that is
 * none, or has another number of rows than the report counts
 */
export async function saveEvaluation(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: VersionAt,
  save: EvaluationSave,
  actor: string,
): Promise<Evaluation> {
  const { model, version } = await getModelVersion(db, at);
  const hash = createHash("sha256");
  for (const file of save.model_files) {
    const bytes = await readKeptFile(keeper, file.sha256);
    if (bytes.length !== file.bytes) {
      throw new TidemarkError(
        "bad_request",
        `the file ${JSON.stringify(file.path)} has ${bytes.length} bytes, model_files says ${file.bytes}: take both from the same file`,
      );
    }
    hash.update(bytes);
  }
  const outcome = decodeOutcome(await readKeptFile(keeper, save.outcome));
  const { n, n_missing_label, n_missing_prediction, task } = save.report;
  if (outcome.task !== task || outcome.labels.length < n) {
    throw new TidemarkError(
      "bad_request",
      `the outcome has ${outcome.labels.length} rows of a ${outcome.task} model; the report counts ${n} (and ${n_missing_label} without a label, ${n_missing_prediction} without a prediction) of a ${task} one: send those of one evaluation`,
    );
  }
  const id = randomUUID();
  await registering(
    insertEvaluation(
      db,
      { model, version, id },
      {
        ...save,
        modelSha256: hash.digest("hex"),
        registeredSha256: (await registeredModel({ db, keeper }, { model, version })).sha256,
      },
      actor,
    ),
    { model, version },
  );
  return describeEvaluation(db, { model, version, id });
}
