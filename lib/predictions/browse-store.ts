import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers } from "@/lib/db/literal";
import type { VersionRecord } from "@/lib/models/store";
import { moment } from "@/lib/summaries/store";
import type { Span } from "@/lib/summaries/window";

/** Where a page ended: rows follow in order of time, then id. */
export type Position = { tsMs: number; id: string };

export type StoredRow = {
  id: string;
  ts_ms: number;
  prediction: number | null;
  score: number | null;
  label: number | null;
  latency_ms: number | null;
  error: string | null;
  features: (number | null)[];
};

/** The next rows of a stretch of time that meet all conditions. */
export async function readRows(
  db: Database,
  { modelId, versionId }: Pick<VersionRecord, "modelId" | "versionId">,
  page: {
    span: Span;
    conditions: readonly SQL[];
    order: "desc" | "asc";
    after: Position | null;
    limit: number;
  },
): Promise<StoredRow[]> {
  const { span, order, after } = page;
  const conditions = [...page.conditions];
  if (after) {
    const at = sql`(${moment(after.tsMs)}, ${after.id}::text)`;
    conditions.push(
      order === "desc" ? sql`(p.ts, p.prediction_id) < ${at}` : sql`(p.ts, p.prediction_id) > ${at}`,
    );
    conditions.push(
      order === "desc" ? sql`p.ts <= ${moment(after.tsMs)}` : sql`p.ts >= ${moment(after.tsMs)}`,
    );
  }
  const direction = sql.raw(order === "desc" ? "DESC" : "ASC");
  return rows<StoredRow>(
    db,
    sql`SELECT p.prediction_id AS id, (extract(epoch FROM p.ts) * 1000)::float8 AS ts_ms, p.prediction, p.score,
        l.label, p.latency_ms, p.error, p.features
      FROM prediction p
      LEFT JOIN label l ON l.model_id = p.model_id AND l.prediction_id = p.prediction_id
      WHERE p.model_id = ${modelId} AND p.version_id = ${versionId}
        AND p.ts >= ${moment(span.fromMs)} AND p.ts < ${moment(span.toMs)}
        ${conditions.length > 0 ? sql`AND ${sql.join(conditions, sql` AND `)}` : sql``}
      ORDER BY p.ts ${direction}, p.prediction_id ${direction} LIMIT ${page.limit}`,
  );
}

/** Names of the categories that some rows hold; only those are read. */
export async function readCategoryNames(
  db: Database,
  { modelId, versionId }: Pick<VersionRecord, "modelId" | "versionId">,
  wanted: readonly { featureId: number; code: number }[],
): Promise<{ featureId: number; code: number; value: string }[]> {
  if (wanted.length === 0) return [];
  return rows(
    db,
    sql`SELECT c.feature_id AS "featureId", c.code, c.value
      FROM unnest(${numbers(wanted.map((each) => each.featureId))}::text::int[],
        ${numbers(wanted.map((each) => each.code))}::text::int[]) AS w (feature_id, code)
      JOIN category c ON c.model_id = ${modelId} AND c.version_id = ${versionId}
        AND c.feature_id = w.feature_id AND c.code = w.code`,
  );
}
