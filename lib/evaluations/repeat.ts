import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { type RepeatLimits, repeatInChild } from "./child-repeat";
import { getEvaluation } from "./describe";
import type { Counted, Judgement } from "./judge";
import { keepFile, readKeptFile } from "./kept-files";
import { loadRows } from "./load-rows";
import { registeredModel } from "./registered-model";
import { type EvaluationAt, updateCheck } from "./store";

type From = { db: Database; keeper: Keeper };

/**
 * Repeats an evaluation on the server and writes down what came of it: confirmed, contradicted (by the first difference),
 * or failed, where it could not be repeated, which says nothing about the numbers.
 * @throws TidemarkError `not_found`; the signal's reason when it is aborted, and then nothing is written
 */
export async function repeatEvaluation(
  { db, keeper }: From,
  at: EvaluationAt,
  { signal, limits }: { signal?: AbortSignal; limits?: RepeatLimits } = {},
): Promise<Judgement | { state: "failed"; message: string }> {
  const evaluation = await getEvaluation(db, at);
  const found = await attempt({ db, keeper }, evaluation, { signal, limits });
  const { sha256: registered } = await registeredModel({ db, keeper }, at);
  const stranger =
    registered !== null && registered !== evaluation.model_sha256
      ? `. The model is not the one registered as version ${at.version}: its files make ${evaluation.model_sha256.slice(0, 12)}…, the registered ones ${registered.slice(0, 12)}…`
      : "";
  const message = `${found.message}${stranger}`;
  const counted = found.state === "confirmed" ? await keep(keeper, found.counted) : null;
  await updateCheck(db, at, { state: found.state, message, counted }, "server");
  return { ...found, message };
}

/** Scores that are the saved ones to the last bit are the same file. */
const keep = async (keeper: Keeper, { outcome, ...counted }: Counted) => ({
  ...counted,
  outcome: await keepFile(keeper, outcome),
});

async function attempt(
  { db, keeper }: From,
  evaluation: Awaited<ReturnType<typeof getEvaluation>>,
  options: { signal: AbortSignal | undefined; limits: RepeatLimits | undefined },
): Promise<Judgement | { state: "failed"; message: string }> {
  try {
    const files = [];
    for (const { path, sha256 } of evaluation.model_files) {
      files.push({ path, bytes: new Uint8Array(await readKeptFile(keeper, sha256)) });
    }
    const { signal, limits } = options;
    return await repeatInChild(
      {
        files,
        modelSha256: evaluation.model_sha256,
        mapping: evaluation.mapping,
        outcome: new Uint8Array(await readKeptFile(keeper, evaluation.outcome)),
        report: evaluation.report,
        backend: evaluation.backend,
        ...(await loadRows(
          { db, keeper },
          { model: evaluation.model, sha256: evaluation.dataset },
          evaluation.mapping.label,
        )),
      },
      { ...(limits ? { limits } : {}), ...(signal ? { signal } : {}) },
    );
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    // What is kept under a hash and is not it any more was swapped.
    return {
      state: error.code === "conflict" ? "contradicted" : "failed",
      message: error.message,
    } as Judgement;
  }
}
