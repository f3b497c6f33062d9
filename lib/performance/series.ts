import { chanceBand } from "./band";
import type { BaselinePerformance } from "./baseline";
import { measure } from "./compute";
import { type Measure, NO_OUTCOMES, type Outcomes } from "./outcome";
import { isRipe, type Maturity } from "./ripeness";
import type { PerformanceBucket } from "./schema";

export type Traffic = { n: number; errors: number };

/** One point of the chart per bucket of the window, empty buckets included. */
export function performanceSeries(
  starts: readonly number[],
  {
    traffic,
    outcomes,
    how,
    primary,
    baseline,
    maturity,
  }: {
    traffic: ReadonlyMap<number, Traffic>;
    outcomes: ReadonlyMap<number, Outcomes>;
    how: Measure | null;
    primary: string | null;
    baseline: BaselinePerformance | null;
    maturity: Maturity;
  },
): PerformanceBucket[] {
  return starts.map((startMs) => {
    const { n, errors } = traffic.get(startMs) ?? { n: 0, errors: 0 };
    const found = how ? measure(how, outcomes.get(startMs) ?? NO_OUTCOMES) : null;
    const labelled = found?.n ?? 0;
    return {
      start: new Date(startMs).toISOString(),
      n,
      labelled,
      errors,
      coverage: coverage({ n, errors }, labelled),
      ripe: isRipe(maturity, { startMs, answered: n - errors, labelled }),
      metrics: found?.metrics ?? {},
      label_mean: found?.labelMean ?? null,
      band: found && primary ? chanceBand(primary, found, baseline) : null,
    };
  });
}

/** labelled ÷ predictions without error; null when there are none. Rows and labels are read a moment apart. */
export function coverage({ n, errors }: Traffic, labelled: number): number | null {
  return n > errors ? Math.min(1, labelled / (n - errors)) : null;
}

/** The metric a page leads with: auc where scores exist, else accuracy; rmse for regression. */
export function primaryMetric(
  how: Measure,
  metrics: Record<string, number | null>,
  baseline: BaselinePerformance | null,
): string {
  if (how.task === "regression") return "rmse";
  if (how.task === "multiclass") return "accuracy";
  return (metrics.auc ?? baseline?.metrics.auc ?? null) !== null ? "auc" : "accuracy";
}
