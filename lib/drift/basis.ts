import { formatClock, formatDay, formatShare, formatValue, plural } from "@/lib/charts/format";
import { labelWords } from "@/lib/performance/verdict";
import type { DriftReport } from "./schema";
import type { Evidence } from "./verdict";

/** What a verdict rests on: n, labels, how many tests together, how it was measured, freshness. */
export function prepareBasis({ report, performance }: Evidence): string[] {
  const parts = [plural(report.window.n, "prediction")];
  if (performance) parts.push(labelWords(performance.labelled, performance.coverage));
  parts.push(`against ${report.reference.label}`);
  const alpha = report.features.find(({ state }) => state === "ok")?.alpha;
  if (report.tested > 0)
    parts.push(
      `${plural(report.tested, "feature")} tested ${report.tested === 1 ? "" : "together"}`.trim() +
        (alpha === undefined ? "" : `, false discoveries held at ${formatShare(alpha)}`),
    );
  if (report.tested > 0) parts.push(precision(report));
  if (report.fresh_to)
    parts.push(`fresh to ${formatDay(report.fresh_to)} ${formatClock(report.fresh_to)} UTC`);
  if (report.reason && report.tested > 0) parts.push(report.reason);
  return parts;
}

function precision({ source, features }: DriftReport): string {
  if (source === "raw") return "every raw row read";
  const bound = Math.max(0, ...features.map(({ error_bound }) => error_bound ?? 0));
  return bound > 0 ? `D known to +${formatValue(bound, 1)}` : "from summaries";
}
