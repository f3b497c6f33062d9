import type { EvaluationComparison, EvaluationReport, SliceTerm } from "./schema";

/** A column of the dataset, one value a row. */
export type EvaluationColumn =
  /** Missing: −1. */
  | { kind: "categorical"; name: string; codes: Int32Array; dictionary: readonly string[] }
  /** Missing: NaN. time: they are milliseconds since 1970, and are written as such. */
  | { kind: "numerical"; name: string; values: Float64Array; time?: boolean };

/** What a model said, row by row, and what was true. Missing: NaN, for labels, scores and predictions alike. */
export type Outcomes =
  | {
      task: "binary";
      /** Two names; labels and predictions are places in it. */
      classes: readonly string[];
      /** Place of the positive class. */
      positive: number;
      labels: Float64Array;
      /** Probability of the positive class, 0 to 1; null: the model gives classes only, which `predictions` has. */
      scores: Float64Array | null;
      predictions?: Float64Array;
      /** Positive from this score on; 0.5 unless given. */
      threshold?: number;
    }
  | {
      task: "multiclass";
      classes: readonly string[];
      labels: Float64Array;
      /** Probabilities, row after row, `classes.length` a row. The class predicted is the most probable one. */
      scores: Float64Array | null;
      predictions?: Float64Array;
      /** Place of the class that counts as positive for fairness; without it fairness is not measured. */
      positive?: number;
    }
  | { task: "regression"; labels: Float64Array; predictions: Float64Array };

export type EvaluationOptions = {
  columns?: readonly EvaluationColumn[];
  /** Which rows count (1) and which do not (0); all without it. */
  rows?: Uint8Array;
  slices?: {
    /** All columns unless given. */
    features?: readonly string[];
    /** 2 unless given. */
    depth?: 1 | 2;
    /** Slices of fewer rows are not searched; 100 unless given, and at least 10. */
    minimumN?: number;
  };
  /** Columns whose groups are compared, with the group to compare with where it is not the largest. */
  fairness?: readonly { feature: string; reference?: string | null }[];
  /** Called with a share from 0 to 1. */
  onProgress?: (done: number) => void;
  /** Looked at between passes over the rows. @throws its reason */
  signal?: AbortSignal;
};

/**
 * The numbers of a model on labelled rows (compute.ts): pauses between passes, so that it can run where other work waits.
 * @throws TidemarkError `bad_request` for arrays of different lengths, a score outside 0 to 1, or no row that can be used
 */
export type ComputeEvaluation = (
  outcomes: Outcomes,
  options?: EvaluationOptions,
) => Promise<EvaluationReport>;

/** The paired comparison of two models on the same rows in the same order (compare.ts). */
export type CompareOutcomes = (sides: { champion: Outcomes; challenger: Outcomes }) => EvaluationComparison;

/** Which rows (1) lie in a slice of a report (slices.ts), to be given to `EvaluationOptions.rows`. */
export type RowsOfSlice = (columns: readonly EvaluationColumn[], slice: readonly SliceTerm[]) => Uint8Array;
