import type { EncodedInput } from "./encode-rows";
import type { BrowserBackend } from "./engine-browser";
import type { EvaluationOptions } from "./input";
import type { InputMapping } from "./input-mapping";
import type { TensorSpec } from "./model-files";
import type { EvaluationComparison, EvaluationReport } from "./schema";
import type { Trial } from "./trial";

/** A file before it was read: what an input gave, or a reply's body. */
export type GivenFile = { path: string; file: Blob };

/** Which of the two models: the one that is evaluated, or the one it is compared with. */
export type Slot = "model" | "other";

export type ModelFacts = {
  format: "tfjs-layers" | "tfjs-graph" | "onnx";
  sha256: string;
  files: { path: string; bytes: number; sha256: string }[];
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  /** What the model itself says, where it says something sound. */
  mapping: InputMapping | null;
  classes: string[] | null;
  notes: string[];
};

export type ColumnFacts = {
  name: string;
  kind: "numerical" | "categorical";
  missing: number;
  /** Of a numerical column; null where nothing is there. */
  range: { min: number; max: number; mean: number; deviation: number } | null;
  /** Categories, or the different numbers where they are few, by frequency; null where there are too many. */
  categories: string[] | null;
  sample: string[];
};
export type DataFacts = { rows: number; columns: ColumnFacts[]; sha256: string };

export type PreviewRow = {
  /** What the dataset says, by feature. */
  values: Record<string, string>;
  /** What the model reads, in its order; text for inputs that are text. */
  encoded: (number | string)[];
  label: string;
  /** What the model answers; null where the row is refused. */
  answer: string | null;
  refusal: string | null;
};

export type RunFacts = {
  report: EvaluationReport;
  backend: "wasm" | "webgl" | "webgpu" | "cpu" | "onnxruntime-wasm";
  rows: number;
  milliseconds: number;
  refused: { rows: number; first: { row: number; feature: string; message: string }[] };
  /** Tensors that the engine holds after the run, over those of the loaded model. */
  leaked: number;
  outcome: { sha256: string; bytes: number };
};

/** What a page asks the worker for. */
export type WorkerCalls = {
  loadModel(slot: Slot, files: GivenFile[], origin: string): Promise<ModelFacts>;
  loadData(file: Blob, name: string): Promise<DataFacts>;
  preview(slot: Slot, mapping: InputMapping, label: string): Promise<PreviewRow[]>;
  /** One batch on the backend that is set, timed after a warm-up; and what another worker needs to try the same. */
  measure(
    slot: Slot,
    mapping: InputMapping,
  ): Promise<{ trial: Trial; batchRows: number; files: GivenFile[]; inputs: EncodedInput[]; output: string }>;
  /** For a worker of its own. */
  tryBackend(
    backend: BrowserBackend,
    origin: string,
    files: GivenFile[],
    inputs: EncodedInput[],
    rows: number,
    output: string,
  ): Promise<Trial>;
  useBackend(slot: Slot, backend: BrowserBackend, origin: string): Promise<void>;
  run(
    slot: Slot,
    mapping: InputMapping,
    label: string,
    options: Pick<EvaluationOptions, "slices" | "fairness">,
  ): Promise<RunFacts>;
  compare(): Promise<EvaluationComparison>;
  /** Holds the last run against a kept outcome. @returns the first difference in words; null where there is none */
  holdAgainst(outcome: Blob, backend: string): Promise<string | null>;
  /** The outcome of the last run, or a file of a model, by its hash. */
  bytesOf(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Rows of the dataset as text, to look at. */
  rowsAt(rows: number[]): Promise<Record<string, string>[]>;
};

export type CallName = keyof WorkerCalls;
export type ToWorker = { id: number; name: CallName; args: unknown[] } | { cancel: number };
export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; refusal: string }
  | { id: number; failure: string }
  | { id: number; progress: number; doing: "scoring" | "measuring" };
