import { createHash } from "node:crypto";
import { keepBySha256 } from "@/lib/artifacts/by-sha256";
import type { Keeper } from "@/lib/artifacts/keeper";
import { registerDataset } from "@/lib/datasets/store";
import type { Database } from "@/lib/db/client";
import type { Outcomes } from "@/lib/evaluate/input";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { encodeOutcome } from "@/lib/evaluate/outcome";
import { keptFilePath } from "./kept-files";
import type { EvaluationSave, EvaluationState } from "./schema";
import { type EvaluationAt, updateCheck } from "./store";

export const hashOf = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

export async function keep(keeper: Keeper, bytes: Uint8Array): Promise<string> {
  const sha256 = hashOf(bytes);
  await keepBySha256(keeper, { path: keptFilePath(sha256), sha256 }, one(bytes));
  return sha256;
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}

export const OUTCOMES: Outcomes = {
  task: "binary",
  classes: ["on_time", "late"],
  positive: 1,
  labels: Float64Array.of(0, 1, 1, Number.NaN),
  scores: Float64Array.of(0.125, 0.75, 0.25, 0.5),
  threshold: 0.5,
};

/** An evaluation of four rows whose files are kept; the model is any bytes, since nothing here runs it. */
export async function madeUp(keeper: Keeper): Promise<EvaluationSave> {
  const model = new TextEncoder().encode("a model");
  const none = { value: null, low: null, high: null };
  return {
    dataset: hashOf("a dataset"),
    format: "onnx",
    model_files: [{ path: "model.onnx", bytes: model.length, sha256: await keep(keeper, model) }],
    mapping: InputMapping.parse({
      inputs: [{ kind: "number", feature: "distance" }],
      output: { kind: "probability", classes: ["on_time", "late"], positive_class: "late" },
    }),
    backend: "onnxruntime-wasm",
    report: {
      task: "binary",
      n: 3,
      n_missing_label: 1,
      n_missing_prediction: 0,
      metrics: { accuracy: { value: 2 / 3, low: null, high: null }, auc: none },
      slices: [],
      worst_rows: [],
    },
    outcome: await keep(keeper, encodeOutcome(OUTCOMES)),
  };
}

/** As if the server had repeated it on a dataset that it knows, and what was saved were what that gave. */
export async function checkAs(
  db: Database,
  at: EvaluationAt,
  { dataset, report, outcome }: EvaluationSave,
  state: EvaluationState,
): Promise<void> {
  const label = "label";
  const described = { sha256: dataset, name: "made up.csv", format: "csv" as const, bytes: 1, rows: 4 };
  await registerDataset(db, at.model, { ...described, columns: [], label }, "key:ada");
  const counted = state === "confirmed" ? { report, outcome, label } : null;
  await updateCheck(db, at, { state, message: "as repeated", counted }, "server");
}
