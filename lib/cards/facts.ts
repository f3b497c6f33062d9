import { formatWindow, listWords, plural } from "@/lib/charts/format";
import type { Lineage } from "@/lib/lineage/schema";
import type { VersionRecord } from "@/lib/registry/wire";
import type { RunMetric } from "@/lib/runs/schema";
import type { CardFacts } from "./schema";

const MOST_METRICS = 50;

/** What a version's road says for its card. */
export function cardFacts(record: VersionRecord, lineage: Lineage, metrics: readonly RunMetric[]): CardFacts {
  const { datasets, baseline, health } = lineage;
  const training = datasets.filter(({ context }) => context === null || /train/i.test(context));
  const used = training.length > 0 ? training : datasets;
  const rows = used.every((each) => each.rows !== null)
    ? used.reduce((sum, each) => sum + each.rows!, 0)
    : null;
  return {
    model: lineage.model,
    version: lineage.version,
    date: record.created_at.slice(0, 10),
    owner: record.owner?.replace(/^key:/, "") ?? null,
    source:
      used.length > 0
        ? used.map(({ name, digest }) => `${name} (digest ${digest})`).join(", ")
        : (baseline?.file_name ?? null),
    date_range: baseline?.window ? formatWindow(baseline.window) : null,
    size:
      used.length > 0 && rows !== null ? plural(rows, "row") : baseline ? plural(baseline.rows, "row") : null,
    metrics: metrics
      .filter(({ key, value }) => Number.isFinite(value) && !key.startsWith("system/"))
      .slice(0, MOST_METRICS)
      .map(({ key, value }) => ({ name: key, value })),
    drift: health && health.n > 0 ? driftWords(health) : null,
  };
}

function driftWords({
  drift_detected,
  drifted_features,
  tested_features,
  window,
  reason,
}: NonNullable<Lineage["health"]>) {
  const over = `over ${formatWindow(window)}`;
  if (drift_detected === null) return `not tested ${over}${reason ? `: ${reason}` : ""}`;
  if (!drift_detected) return `none of ${plural(tested_features, "feature")} moved ${over}`;
  return `${listWords(drifted_features)} moved ${over}; ${plural(tested_features, "feature")} tested together`;
}
