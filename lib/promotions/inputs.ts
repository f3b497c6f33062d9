import type { ModelCard } from "@/lib/cards/schema";
import type { DriftReport } from "@/lib/drift/schema";
import type { Estimate, EvaluationReport } from "@/lib/evaluate/schema";
import type { EvaluationSummary } from "@/lib/evaluations/schema";
import type { PerformanceReport } from "@/lib/performance/schema";
import type { QualityReport } from "@/lib/quality/schema";
import type { SliceChoice, UsedEvidence } from "./schema";

type Listed = UsedEvidence & Pick<EvaluationSummary, "by_its_label" | "n_missing_prediction">;

/** An evaluation of a version, with its numbers. */
export type Evidence = Listed & { report: EvaluationReport };

/** One among others: numbers are read only of those that can count, the latest confirmed one of each dataset. */
export type ListedEvidence = Listed & { report: EvaluationReport | null };

/** A report on what was logged for the version, or why there is none. */
export type Live<Report> = { report: Report; why?: undefined } | { report: null; why: string };

export type PairedDifference = {
  champion: number | null;
  challenger: number | null;
  /** challenger − champion */
  difference: Estimate;
  better: "higher" | "lower";
  n: number;
};

/** Which rows of two evaluations of one dataset are compared. */
export type Pair = {
  challenger: string;
  champion: string;
  slice: SliceChoice | null;
};
export const pairKey = ({ challenger, champion, slice }: Pair): string =>
  JSON.stringify([challenger, champion, slice]);

/** By metric; or why the rows could not be compared. */
export type PairedMetrics = { metrics: Record<string, PairedDifference> } | { why: string };

/** Everything that gates are judged on. */
export type GateInputs = {
  model: string;
  version: string;
  /** What the target holds; null: nothing. */
  champion: string | null;
  nowMs: number;
  /** The latest first. */
  evidence: { challenger: readonly ListedEvidence[]; champion: readonly ListedEvidence[] };
  /** By pairKey. */
  paired: ReadonlyMap<string, PairedMetrics>;
  run: { run_id: string; metrics: readonly { key: string; value: number }[] } | null;
  card: { revision: number; card: ModelCard | null };
  drift: Live<DriftReport>;
  quality: Live<QualityReport>;
  performance: Live<PerformanceReport>;
};
