import { lowerIsBetter, metricName } from "@/lib/models/metric";
import type { PerformanceReport } from "./schema";

/** A metric of a window held against its baseline, with what may be said about the difference. */
export type Reading = {
  name: string;
  label: string;
  value: number | null;
  baseline: number | null;
  /** Half the width of the 95 % band around the baseline at the window's labelled rows; null = unknown. */
  chance: number | null;
  /** The value itself is only known to ± this. */
  errorBound: number;
  /** Which way the difference points; null without both numbers, or where they are equal. */
  direction: "better" | "worse" | null;
  /** Whether the difference is larger than chance and the error bound together; null = cannot be told. */
  beyondChance: boolean | null;
};

export function prepareReading(report: PerformanceReport, name: string): Reading {
  const label = capitalised(metricName(name));
  const value = report.metrics[name] ?? null;
  const baseline = report.baseline?.metrics[name] ?? null;
  const errorBound = report.error_bounds[name] ?? 0;
  const chance = chanceOf(report, name);
  if (value === null || baseline === null)
    return { name, label, value, baseline, chance, errorBound, direction: null, beyondChance: null };
  const difference = value - baseline;
  const [up, down] = lowerIsBetter(name) ? (["worse", "better"] as const) : (["better", "worse"] as const);
  return {
    name,
    label,
    value,
    baseline,
    chance,
    errorBound,
    direction: difference === 0 ? null : difference > 0 ? up : down,
    beyondChance: chance === null ? null : Math.abs(difference) > chance + errorBound,
  };
}

function chanceOf(report: PerformanceReport, name: string): number | null {
  if (name === report.primary) return chanceOfWindow(report);
  if (name === "accuracy") return chanceOfShare(report, report.baseline?.metrics.accuracy ?? null);
  return null;
}

/** A share is right or wrong row by row, so its band needs counts only: two proportions, 95 %. */
function chanceOfShare({ labelled, baseline }: PerformanceReport, share: number | null): number | null {
  if (share === null || labelled <= 0 || !baseline || baseline.n <= 0) return null;
  return 1.96 * Math.sqrt(share * (1 - share) * (1 / labelled + 1 / baseline.n));
}

/** The metrics of a report, the one the page leads with first, the rest in their usual order. */
export function orderMetrics({ metrics, primary }: Pick<PerformanceReport, "metrics" | "primary">): string[] {
  const place = (name: string) =>
    name === primary ? -1 : ORDER.indexOf(name) < 0 ? ORDER.length : ORDER.indexOf(name);
  return Object.keys(metrics).sort((a, b) => place(a) - place(b));
}

const ORDER = ["auc", "accuracy", "precision", "recall", "f1", "log_loss", "brier", "rmse", "mae", "r2"];

/**
 * The primary metric's chance band at the whole window's size. The reply carries bands per bucket; a band's
 * half-width falls with the square root of the labelled rows, so the best-filled bucket's is scaled to the
 * window's. Never narrower than the scaled value, never wider than that bucket's own band.
 */
export function chanceOfWindow(report: PerformanceReport): number | null {
  const fullest = report.series
    .filter((bucket) => bucket.band !== null && bucket.labelled > 0)
    .reduce<PerformanceReport["series"][number] | null>(
      (best, bucket) => (best && best.labelled >= bucket.labelled ? best : bucket),
      null,
    );
  if (!fullest?.band || report.labelled <= 0) return null;
  const half = (fullest.band[1] - fullest.band[0]) / 2;
  return half * Math.sqrt(Math.min(1, fullest.labelled / report.labelled));
}

/** Share of labels that are in, and whether any bucket of the window still waits for its labels. */
export function prepareMaturity(report: PerformanceReport): { coverage: number | null; unripe: number } {
  return {
    coverage: report.coverage,
    unripe: report.series.filter((bucket) => bucket.n > 0 && !bucket.ripe).length,
  };
}

/** Whether the label share moved by more than sampling gives (two proportions, 95 %); null = cannot be told. */
export function labelShareMoved(report: PerformanceReport): boolean | null {
  const now = report.label_mean;
  const then = report.baseline?.label_mean ?? null;
  const n = report.labelled;
  const m = report.baseline?.n ?? 0;
  if (report.task !== "binary" || now === null || then === null || n <= 0 || m <= 0) return null;
  const pooled = (now * n + then * m) / (n + m);
  return Math.abs(now - then) > 1.96 * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
