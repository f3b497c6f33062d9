import { addClass, addLatency, tallyOf } from "./tally";

export type PredictionCounts = {
  model: string;
  version: string;
  /** Rows stored, failed predictions among them. */
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Stored rows that are failed predictions. */
  errors: number;
  /** Of the stored rows; null and undefined are left out. */
  latenciesMs: Iterable<number | null | undefined>;
  /** Class → stored rows that predict it; none for regression. */
  classes: Iterable<readonly [string, number]>;
};

/** Counts a batch for Prometheus, after it has been committed. A few additions; the work is left to the scrape. */
export function countPredictions(counts: PredictionCounts): void {
  const tally = tallyOf(counts.model, counts.version);
  tally.predictions += counts.accepted;
  tally.errors += counts.errors;
  tally.duplicates += counts.duplicates;
  tally.rejected += counts.rejected;
  for (const latency of counts.latenciesMs) {
    if (latency !== null && latency !== undefined) addLatency(tally, latency / 1000);
  }
  for (const [name, count] of counts.classes) addClass(tally, name, count);
}
