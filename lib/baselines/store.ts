import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import type { Histogram } from "@/lib/summaries/histogram";
import type { Place } from "@/lib/summaries/store";
import { parseCounts } from "@/lib/summaries/stored";
import type { Span } from "@/lib/summaries/window";

/** Rows per stored piece of a column: half a megabyte. */
const CHUNK_ROWS = 65_536;

/** One column's distribution in a baseline, and the bins made of it. */
export type BaselineFeature = {
  featureId: number;
  /** Empty for categories, and where every value is missing. */
  edges: Float64Array;
  display: number[];
  histogram: Histogram;
};

export type BaselineSource = { kind: "file" | "window"; window: Span | null; fileName: string | null };

/** A number for a baseline that is about to be written; nothing reads it before {@link finishBaseline}. */
export async function reserveBaseline(db: Database, at: Place, source: BaselineSource): Promise<number> {
  const [row] = await rows<{ id: number }>(
    db,
    sql`SELECT reserve_baseline(${at.modelId}::int, ${at.versionId}::int, ${source.kind}::text,
      ${source.window?.fromMs ?? null}::float8, ${source.window?.toMs ?? null}::float8, ${source.fileName}::text) AS id`,
  );
  return row!.id;
}

/** Stores a column piece by piece, each its own statement. */
export async function writeColumn(
  db: Database,
  at: Place & { baselineId: number },
  featureId: number,
  {
    rows: count,
    piece,
  }: {
    rows: number;
    piece: (featureId: number, fromRow: number, toRow: number) => Promise<Uint8Array>;
  },
): Promise<void> {
  for (let from = 0, chunk = 0; from < count; from += CHUNK_ROWS, chunk++) {
    const part = await piece(featureId, from, Math.min(count, from + CHUNK_ROWS));
    // Base64 is a third shorter on the way than the drivers' hexadecimal.
    const data = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("base64");
    await db.execute(sql`INSERT INTO baseline_column (model_id, version_id, baseline_id, feature_id, chunk, data)
      VALUES (${at.modelId}, ${at.versionId}, ${at.baselineId}, ${featureId}, ${chunk}, decode(${data}::text, 'base64'))`);
  }
}

/** Makes a written baseline the version's. @returns false when a baseline begun later stands already */
export async function finishBaseline(
  db: Database,
  at: Place & { baselineId: number },
  baseline: {
    rows: number;
    labelled: number;
    performance: unknown;
    features: readonly BaselineFeature[];
    /** For the audit log. */
    actor: string;
    subject: string;
  },
): Promise<boolean> {
  const { features } = baseline;
  const of = (value: (histogram: Histogram) => number | null) =>
    numbers(features.map(({ histogram }) => value(histogram)));
  const [row] = await rows<{ done: boolean }>(
    db,
    sql`SELECT finish_baseline(${at.modelId}::int, ${at.versionId}::int, ${at.baselineId}::int,
      ${baseline.rows}::int8, ${baseline.labelled}::int8, ${JSON.stringify(baseline.performance)}::text::jsonb,
      ${numbers(features.map((feature) => feature.featureId))}::text::int4[],
      ${texts(features.map(({ edges }) => (edges.length > 0 ? numbers(edges) : null)))}::text::text[],
      ${texts(features.map(({ edges, display }) => (edges.length > 0 ? numbers(display) : null)))}::text::text[],
      ${of((histogram) => histogram.n)}::text::int8[], ${of((histogram) => histogram.missing)}::text::int8[],
      ${of((histogram) => histogram.sum)}::text::float8[], ${of((histogram) => histogram.sumSquared)}::text::float8[],
      ${of((histogram) => histogram.min)}::text::float8[], ${of((histogram) => histogram.max)}::text::float8[],
      ${texts(features.map(({ histogram }) => numbers([...histogram.counts.keys()])))}::text::text[],
      ${texts(features.map(({ histogram }) => numbers([...histogram.counts.values()])))}::text::text[],
      ${baseline.actor}::text, ${baseline.subject}::text) AS done`,
  );
  return row!.done;
}

/** Sweeps away what a baseline that was overtaken had written. */
export async function dropColumns(db: Database, at: Place & { baselineId: number }): Promise<void> {
  await db.execute(sql`DELETE FROM baseline_column
    WHERE model_id = ${at.modelId} AND version_id = ${at.versionId} AND baseline_id = ${at.baselineId}`);
}

export type BaselineRow = {
  kind: "file" | "window";
  rows: number;
  labelled: number;
  window: Span | null;
  fileName: string | null;
  createdMs: number;
  rebuildBeforeMs: number | null;
};

export async function readBaseline(
  db: Database,
  at: Place & { baselineId: number },
): Promise<BaselineRow | null> {
  if (at.baselineId === 0) return null;
  const [row] = await rows<Omit<BaselineRow, "window"> & { fromMs: number | null; toMs: number | null }>(
    db,
    sql`SELECT kind, rows::float8 AS rows, labelled::float8 AS labelled, file_name AS "fileName",
        (extract(epoch FROM window_from) * 1000)::float8 AS "fromMs",
        (extract(epoch FROM window_to) * 1000)::float8 AS "toMs",
        (extract(epoch FROM created_at) * 1000)::float8 AS "createdMs",
        (extract(epoch FROM rebuild_before) * 1000)::float8 AS "rebuildBeforeMs"
      FROM baseline
      WHERE model_id = ${at.modelId} AND version_id = ${at.versionId} AND baseline_id = ${at.baselineId}`,
  );
  if (!row) return null;
  const { fromMs, toMs, ...rest } = row;
  return { ...rest, window: fromMs !== null && toMs !== null ? { fromMs, toMs } : null };
}

export async function readBaselineFeatures(
  db: Database,
  at: Place & { baselineId: number },
): Promise<Map<number, BaselineFeature>> {
  if (at.baselineId === 0) return new Map();
  const found = await rows<{
    feature_id: number;
    edges: string | null;
    display: string | null;
    n: number;
    missing: number;
    sum: number;
    sum_squared: number;
    min: number | null;
    max: number | null;
    keys: string;
    counts: string;
  }>(
    db,
    sql`SELECT feature_id, edges::text AS edges, display::text AS display, n::float8 AS n, missing::float8 AS missing,
        sum, sum_squared, min, max, keys::text AS keys, counts::text AS counts
      FROM baseline_feature
      WHERE model_id = ${at.modelId} AND version_id = ${at.versionId} AND baseline_id = ${at.baselineId}`,
  );
  return new Map(
    found.map((row) => [
      row.feature_id,
      {
        featureId: row.feature_id,
        edges: parseFloats(row.edges),
        display: [...parseFloats(row.display)],
        histogram: {
          n: row.n,
          missing: row.missing,
          sum: row.sum,
          sumSquared: row.sum_squared,
          min: row.min,
          max: row.max,
          counts: parseCounts(row.keys, row.counts),
        },
      },
    ]),
  );
}

/** A baseline's column in row order, NaN = missing; null where the baseline has no such column. */
export async function readBaselineColumn(
  db: Database,
  at: Place & { baselineId: number },
  featureId: number,
): Promise<Float64Array | null> {
  const found = await rows<{ data: Uint8Array }>(
    db,
    sql`SELECT data FROM baseline_column
      WHERE model_id = ${at.modelId} AND version_id = ${at.versionId} AND baseline_id = ${at.baselineId}
        AND feature_id = ${featureId} ORDER BY chunk`,
  );
  if (found.length === 0) return null;
  const bytes = new Uint8Array(found.reduce((sum, { data }) => sum + data.byteLength, 0));
  let offset = 0;
  for (const { data } of found) {
    bytes.set(data, offset);
    offset += data.byteLength;
  }
  return new Float64Array(bytes.buffer);
}

function parseFloats(literal: string | null): Float64Array {
  const inner = literal?.slice(1, -1) ?? "";
  return inner === "" ? new Float64Array(0) : Float64Array.from(inner.split(","), Number);
}
