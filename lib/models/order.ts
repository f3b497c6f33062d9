import { lowerIsBetter } from "./metric";
import type { MetricReading, ModelSummary, Stage, VersionSummary } from "./schema";
import { CONDITIONS, versionCondition } from "./verdict";

export type VersionRow = { model: ModelSummary; version: VersionSummary };

/** Every version of every model as one flat list. */
export const versionRows = (models: readonly ModelSummary[]): VersionRow[] =>
  models.flatMap((model) => model.versions.map((version) => ({ model, version })));

/** The version a person who names only the model means: the one in Production, else the latest made. */
export function mainVersion({ versions }: ModelSummary): VersionSummary | null {
  const inProduction = versions.filter(({ stage }) => stage === "Production");
  const candidates = inProduction.length > 0 ? inProduction : versions;
  return candidates.reduce<VersionSummary | null>(
    (latest, each) => (latest === null || each.created_at > latest.created_at ? each : latest),
    null,
  );
}

export const SORTS = ["attention", "name", "volume", "drift", "metric", "labels", "freshness"] as const;
export type Sort = (typeof SORTS)[number];
export type Direction = "asc" | "desc";

/** The direction that puts first what a reader of that column looks for. */
export const FIRST_DIRECTION: Record<Sort, Direction> = {
  attention: "asc",
  name: "asc",
  volume: "desc",
  drift: "desc",
  metric: "asc",
  labels: "asc",
  freshness: "asc",
};

/** Rows whose model, version or drifted feature contains every word of `text`, in the stage asked for. */
export function filterRows(rows: readonly VersionRow[], text: string, stage: Stage | null): VersionRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ model, version }) => {
    if (stage !== null && version.stage !== stage) return false;
    const haystack = [model.model, `version ${version.version}`, ...(version.health?.drifted_features ?? [])]
      .join(" ")
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** Sorted by one column; what has no value there comes last in both directions, ties stay by name. */
export function sortRows(rows: readonly VersionRow[], sort: Sort, direction: Direction): VersionRow[] {
  const sign = direction === "asc" ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (sort === "name") return sign * byName(a, b);
    const [left, right] = [SORT_VALUE[sort](a), SORT_VALUE[sort](b)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || byName(a, b);
    return sign * (left - right) || byName(a, b);
  });
}

const SORT_VALUE: Record<Exclude<Sort, "name">, (row: VersionRow) => number | null> = {
  // Archived versions want nobody's attention.
  attention: ({ version }) =>
    CONDITIONS.indexOf(versionCondition(version)) + (version.stage === "Archived" ? CONDITIONS.length : 0),
  volume: ({ version }) => version.health?.n ?? 0,
  drift: ({ version: { health } }) =>
    health && health.drift_detected !== null ? health.drifted_features.length : null,
  metric: ({ version: { health } }) => (health?.metric ? lossInBands(health.metric) : null),
  labels: ({ version: { health } }) => (health && health.n > 0 ? health.labelled / health.n : null),
  freshness: ({ version }) => (version.last_received_at ? Date.parse(version.last_received_at) : null),
};

/** How far a metric lies from its baseline in half-widths of the chance band; negative = worse. */
function lossInBands({ name, value, baseline, band }: MetricReading): number | null {
  if (value === null || baseline === null || band === null) return null;
  const halfWidth = (band[1] - band[0]) / 2 || Number.EPSILON;
  return ((value - baseline) / halfWidth) * (lowerIsBetter(name) ? -1 : 1);
}

const names = new Intl.Collator("en", { numeric: true });
const byName = (a: VersionRow, b: VersionRow) =>
  names.compare(a.model.model, b.model.model) || names.compare(b.version.version, a.version.version);
