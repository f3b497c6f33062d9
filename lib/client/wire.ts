/**
 * The shapes that the client sends and receives: version 1 of the wire contract, in plain TypeScript, so that
 * the client can be copied into a project that has none of our dependencies.
 */

/** A feature's value. `null` is "missing"; JSON has no NaN or Infinity, so these are sent as `null` too. */
export type FeatureValue = number | string | boolean | null;

/** The features of a model by name. Give the client your own interface to have misspelt names refused at compile time. */
export type Features = Record<string, FeatureValue>;

/** One prediction as the serving system knows it. */
export interface Prediction<F = Features> {
  /** Joins the label to the prediction and makes a retry harmless. Default: a new time-ordered UUID. */
  id?: string;
  /** When the prediction was made. Default: the time of the call to `log`. */
  timestamp?: Date | string;
  features: F;
  /** The predicted class (string) or value (number). Left out when the prediction failed. */
  prediction?: string | number;
  /** Probability of the positive class, 0 to 1. */
  score?: number;
  /** Probability of each class, for more than two classes. */
  scores?: Record<string, number>;
  /** How long the model took for this row, in milliseconds. */
  latency_ms?: number;
  /** What the row can be drilled down by without being an input of the model, such as `{ region: "West" }`. */
  segment?: Record<string, string>;
  /** Why there is no prediction, such as `"timeout"`: the row counts as a failed prediction. */
  error?: string;
}

/** What really happened to the prediction of the same id. It may arrive before its prediction. */
export interface Label {
  id: string;
  label: string | number;
  /** When it became known. Default: the time of the call to `label`. */
  timestamp?: Date | string;
}

export type PredictionRow = Prediction & { id: string; timestamp: string };
export type LabelRow = Label & { timestamp: string };
export type Row = PredictionRow | LabelRow;

/** What the server says about one row that it did not take, such as `features.distance: expected a number, got "far"`. */
export interface Rejection {
  index: number;
  id: string | null;
  error: string;
}

/** What the server says about one batch. `duplicates` comes with predictions, `unmatched` with labels. */
export interface Reply {
  accepted: number;
  duplicates: number;
  unmatched: number;
  rejected: Rejection[];
  /** Set where more rows were rejected than are listed. */
  rejected_total?: number;
}

/** What the server read from a baseline file. */
export interface BaselineReply {
  rows: number;
  features: { name: string; type: "numerical" | "categorical"; missing: number }[];
}
