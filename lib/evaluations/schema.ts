import { z } from "zod";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { EvaluationReport } from "@/lib/evaluate/schema";
import { Sha256, Timestamp } from "@/lib/wire";
import { EVALUATION_STATES } from "./states";

export const ModelFormat = z.enum(["tfjs-layers", "tfjs-graph", "onnx"]);
export type ModelFormat = z.infer<typeof ModelFormat>;

/** What computed the scores: a backend of TensorFlow.js, or ONNX Runtime on WebAssembly. */
export const Backend = z.enum(["wasm", "webgl", "webgpu", "cpu", "onnxruntime-wasm"]);
export type Backend = z.infer<typeof Backend>;

export const EvaluationState = z.enum(EVALUATION_STATES);
export type EvaluationState = z.infer<typeof EvaluationState>;

/** A file of a model, as its bytes were when it was evaluated. */
export const ModelFileRef = z.object({
  /** As the model names it: "group1-shard1of1.bin". */
  path: z.string().min(1).max(1000),
  bytes: z.number().int().min(0),
  sha256: Sha256,
});
export type ModelFileRef = z.infer<typeof ModelFileRef>;

/** POST …/evaluations. The files and the outcome are sent before, each to …/evaluations/files/{sha256}. */
export const EvaluationSave = z.strictObject({
  /** The SHA-256 of a registered dataset. */
  dataset: Sha256,
  format: ModelFormat,
  /** model.json first, then its shards in the manifest's order; or the one .onnx file. */
  model_files: z.array(ModelFileRef).min(1).max(1000),
  mapping: InputMapping,
  backend: Backend,
  report: EvaluationReport,
  /** Of the outcome: labels and scores row by row, see docs/evaluation.md. */
  outcome: Sha256,
});
export type EvaluationSave = z.output<typeof EvaluationSave>;

/** An evaluation as a list shows it. */
export const EvaluationSummary = z.object({
  evaluation_id: z.uuid(),
  model: z.string(),
  version: z.string(),
  /** SHA-256 of the dataset. */
  dataset: Sha256,
  format: ModelFormat,
  /** Over the bytes of the model's files in their order. */
  model_sha256: Sha256,
  /** The same over what the version's registered files were when this was saved; null where it had none. */
  registered_sha256: Sha256.nullable(),
  /** Whether both are the same: null where the version has no files that could be evaluated. */
  belongs: z.boolean().nullable(),
  backend: Backend,
  task: EvaluationReport.shape.task,
  n: z.number().int(),
  /** Rows with a label that the model gave no answer to, or that the mapping refused. */
  n_missing_prediction: z.number().int(),
  metrics: EvaluationReport.shape.metrics,
  state: EvaluationState,
  /** Whether its labels are the column that the dataset is registered with; null until it is confirmed. */
  by_its_label: z.boolean().nullable(),
  /** Where it stands in the server's queue of repetitions. */
  repeat: z.enum(["waiting", "running"]).nullable(),
  checked_at: Timestamp.nullable(),
  check_message: z.string().nullable(),
  created_at: Timestamp,
  created_by: z.string(),
});
export type EvaluationSummary = z.infer<typeof EvaluationSummary>;

/** GET …/evaluations, the latest first. */
export const EvaluationsReply = z.object({ evaluations: z.array(EvaluationSummary) });
export type EvaluationsReply = z.infer<typeof EvaluationsReply>;

/** GET …/evaluations/{id} */
export const Evaluation = EvaluationSummary.extend({
  model_files: z.array(ModelFileRef),
  mapping: InputMapping,
  /** Once it is confirmed, the server's own: what was saved agrees within the tolerance of its backend. */
  report: EvaluationReport,
  /** SHA-256 of the outcome that the report is of, which …/evaluations/{id}/outcome sends. */
  outcome: Sha256,
});
export type Evaluation = z.output<typeof Evaluation>;

/** PUT …/evaluations/files/{sha256} */
export const FileReceipt = z.object({ sha256: Sha256, bytes: z.number().int() });
export type FileReceipt = z.infer<typeof FileReceipt>;

/** GET …/model-files: what of a version's files a browser could evaluate, and how its inputs are made. */
export const ModelFilesReply = z.object({
  /** Below the version's folder; empty where its files lie elsewhere or are of other kinds. */
  files: z.array(z.object({ path: z.string(), bytes: z.number().int() })),
  /** Names of the inputs and outputs that its MLmodel file tells. */
  signature: z
    .object({
      inputs: z.array(z.object({ name: z.string(), type: z.string() })),
      outputs: z.array(z.object({ name: z.string(), type: z.string() })),
    })
    .nullable(),
  /** What was kept with the version; what the model itself says is in its files. */
  mapping: InputMapping.nullable(),
});
export type ModelFilesReply = z.output<typeof ModelFilesReply>;

/** PUT …/input-mapping */
export const MappingReply = z.object({ mapping: InputMapping });
export type MappingReply = z.output<typeof MappingReply>;
