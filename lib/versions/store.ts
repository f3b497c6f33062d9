import { sql } from "drizzle-orm";
import type { BaselineFeature } from "@/lib/baselines/store";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import type { BaselineInfo } from "@/lib/models/schema";
import type { VersionRecord } from "@/lib/models/store";

/** Who changed what, as the audit log keeps it. */
export type Audit = { actor: string; subject: string; before: unknown; after: unknown };

type Version = Pick<VersionRecord, "modelId" | "versionId" | "revision" | "baselineId">;

/** The standing baseline's facts; null without one. */
export async function readBaselineInfo(db: Database, at: Version): Promise<BaselineInfo | null> {
  const [row] = await rows<{
    kind: "file" | "window";
    n: number;
    labelled: number;
    file_name: string | null;
    from_ms: number | null;
    to_ms: number | null;
    created_ms: number;
  }>(
    db,
    sql`SELECT kind, rows::float8 AS n, labelled::float8 AS labelled, file_name,
        (extract(epoch FROM window_from) * 1000)::float8 AS from_ms,
        (extract(epoch FROM window_to) * 1000)::float8 AS to_ms,
        (extract(epoch FROM created_at) * 1000)::float8 AS created_ms
      FROM baseline WHERE model_id = ${at.modelId} AND version_id = ${at.versionId}
        AND baseline_id = ${at.baselineId}`,
  );
  if (!row) return null;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    kind: row.kind,
    rows: row.n,
    window:
      row.from_ms !== null && row.to_ms !== null ? { from: iso(row.from_ms), to: iso(row.to_ms) } : null,
    file_name: row.file_name,
    created_at: iso(row.created_ms),
    labelled: row.labelled,
  };
}

/** The settings that a version overrides, as stored. */
export async function readSettings(db: Database, at: Version): Promise<Record<string, unknown>> {
  const [row] = await rows<{ settings: Record<string, unknown> }>(
    db,
    sql`SELECT settings FROM model_version WHERE model_id = ${at.modelId} AND version_id = ${at.versionId}`,
  );
  return row?.settings ?? {};
}

/** Sets settings and what people say of features. @throws TM001 when the settings are not what they were */
export async function writeCorrection(
  db: Database,
  at: Version,
  change: { settingsBefore: unknown; settings: unknown; features: readonly { id: number }[] },
  audit: Audit,
): Promise<void> {
  await db.execute(sql`SELECT correct_version(${at.modelId}::int, ${at.versionId}::int,
    ${JSON.stringify(change.settingsBefore)}::text::jsonb, ${JSON.stringify(change.settings)}::text::jsonb,
    ${JSON.stringify(change.features)}::text::jsonb, ${audit.actor}::text, ${audit.subject}::text,
    ${JSON.stringify(audit.before)}::text::jsonb, ${JSON.stringify(audit.after)}::text::jsonb)`);
}

/** @throws TM003 while a version of the model is being re-counted */
export async function writePositiveClass(
  db: Database,
  modelId: number,
  code: number,
  roots: readonly number[],
  audit: Audit,
): Promise<void> {
  await db.execute(sql`SELECT correct_positive_class(${modelId}::int, ${code}::int, ${numbers(roots)}::text::float8[],
    ${audit.actor}::text, ${audit.subject}::text, ${JSON.stringify(audit.before)}::text::jsonb,
    ${JSON.stringify(audit.after)}::text::jsonb)`);
}

/** Distinct values of a column among the raw rows, with how many rows hold each; most + 1 at most. */
export async function readDistinct(
  db: Database,
  at: Version,
  featureId: number,
  most: number,
): Promise<{ value: number; n: number }[]> {
  const place = sql.raw(`features[${Math.trunc(featureId)}]`);
  return rows(
    db,
    sql`SELECT ${place} AS value, count(*)::float8 AS n FROM prediction
      WHERE model_id = ${at.modelId} AND version_id = ${at.versionId} AND ${place} IS NOT NULL
      GROUP BY 1 LIMIT ${most + 1}`,
  );
}

/** Rows ever logged for a version, or for all versions of its model. */
export async function countRows(
  db: Database,
  { modelId, versionId }: { modelId: number; versionId: number | null },
): Promise<number> {
  const [row] = await rows<{ n: number }>(
    db,
    sql`SELECT coalesce(sum(n), 0)::float8 AS n FROM traffic_summary WHERE model_id = ${modelId}
      AND (${versionId}::int IS NULL OR version_id = ${versionId}::int) AND grain = 24`,
  );
  return row!.n;
}

/**
 * From when on there are counts, and from when on the rows that they were made of; ISO days.
 * kept: null where no row is left.
 */
export async function readReach(
  db: Database,
  { modelId, versionId }: { modelId: number; versionId: number | null },
): Promise<{ counted: string | null; kept: string | null }> {
  const [row] = await rows<{ counted: string | null; kept: string | null }>(
    db,
    sql`SELECT
      (SELECT to_char(min(start) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM traffic_summary WHERE model_id = ${modelId}
        AND (${versionId}::int IS NULL OR version_id = ${versionId}::int) AND grain = 24) AS counted,
      (SELECT to_char(min(ts) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM prediction WHERE model_id = ${modelId}
        AND (${versionId}::int IS NULL OR version_id = ${versionId}::int)) AS kept`,
  );
  return row!;
}

export type Retype = {
  featureId: number;
  type: "numerical" | "categorical";
  from: readonly number[];
  to: readonly number[];
  roots: readonly number[];
  /** The column in the standing baseline, as it is from now on; null where the baseline lacks it. */
  baseline: { feature: BaselineFeature; values: Float64Array } | null;
};

/** Rows per stored piece of a baseline's column; as lib/baselines/store.ts has it. */
const CHUNK_ROWS = 65_536;

/** @throws TM001 when rows, columns or baseline have changed since `at` was read, TM003 while they are re-counted */
export async function writeRetype(db: Database, at: Version, retype: Retype, audit: Audit): Promise<void> {
  const { baseline } = retype;
  const histogram = baseline?.feature.histogram ?? null;
  const edges = baseline && baseline.feature.edges.length > 0 ? baseline.feature : null;
  await db.execute(sql`SELECT retype_column(${at.modelId}::int, ${at.versionId}::int, ${at.revision}::int,
    ${at.baselineId}::int, ${retype.featureId}::int, ${retype.type}::text, ${numbers(retype.from)}::text::float8[],
    ${numbers(retype.to)}::text::float8[], ${numbers(retype.roots)}::text::float8[],
    ${baseline ? texts(chunks(baseline.values)) : null}::text::text[],
    ${edges ? numbers(edges.edges) : null}::text::float8[], ${edges ? numbers(edges.display) : null}::text::int4[],
    ${histogram?.n ?? null}::int8, ${histogram?.missing ?? null}::int8, ${histogram?.sum ?? null}::float8,
    ${histogram?.sumSquared ?? null}::float8, ${histogram?.min ?? null}::float8, ${histogram?.max ?? null}::float8,
    ${histogram ? numbers([...histogram.counts.keys()]) : null}::text::int4[],
    ${histogram ? numbers([...histogram.counts.values()]) : null}::text::int8[],
    ${audit.actor}::text, ${audit.subject}::text, ${JSON.stringify(audit.before)}::text::jsonb,
    ${JSON.stringify(audit.after)}::text::jsonb)`);
}

function chunks(values: Float64Array): string[] {
  const found: string[] = [];
  for (let from = 0; from < values.length; from += CHUNK_ROWS) {
    const part = values.subarray(from, from + CHUNK_ROWS);
    found.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("base64"));
  }
  return found;
}
