import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { copyRows } from "@/lib/db/copy";
import { CopyWriter } from "@/lib/db/copy-format";
import { numbers, texts } from "@/lib/db/literal";
import { summaryArguments } from "@/lib/summaries/arguments";
import type { BucketSummary } from "@/lib/summaries/summarise";
import type { EncodedRow } from "./encode";

export type Target = { modelId: number; versionId: number; revision: number; baselineId: number };

/**
 * Stores rows and their summaries, all or nothing.
 * @throws SQLSTATE TM001 when the version has changed since encoding, 23505 when some row is stored already.
 */
export async function insertPredictions(
  db: Database,
  { modelId, versionId, revision, baselineId }: Target,
  encoded: readonly EncodedRow[],
  summaries: readonly BucketSummary[],
): Promise<void> {
  await copyRows(db, {
    before: sql`SELECT begin_predictions(${modelId}, ${versionId}, ${revision})`,
    into: sql`prediction (model_id, prediction_id, version_id, ts, prediction, score, scores, latency_ms, error, features)`,
    data: packRows({ modelId, versionId }, encoded),
    after: sql`SELECT settle_labels(${modelId}, ${versionId}, ${texts(encoded.map((row) => row.id))}::text[],
        ${numbers(encoded.map((row) => row.tsMs))}::int8[]);
      SELECT add_summaries(${modelId}, ${versionId}, ${baselineId}, ${summaryArguments(summaries)})`,
  });
}

/** Bytes of a row beside its id and its vector, roughly. */
const ROW_BYTES = 120;

function packRows(
  { modelId, versionId }: Pick<Target, "modelId" | "versionId">,
  rows: readonly EncodedRow[],
): Buffer {
  const columns = rows[0]?.features.length ?? 0;
  const writer = new CopyWriter(rows.length * (ROW_BYTES + 12 * columns));
  for (const row of rows) {
    writer.row(10);
    writer.int4(modelId);
    writer.text(row.id);
    writer.int4(versionId);
    writer.timestamp(row.tsMs);
    writer.float8(row.prediction);
    writer.float8(row.score);
    if (row.scores) writer.float8s(row.scores);
    else writer.null();
    writer.float8(row.latencyMs);
    writer.text(row.error);
    writer.float8s(row.features);
  }
  return writer.finish();
}

/** Places among `encoded` of rows that are stored already. */
export async function findStored(
  db: Database,
  target: Pick<Target, "modelId" | "versionId">,
  encoded: readonly EncodedRow[],
): Promise<Set<number>> {
  const found = await rows<{ place: number }>(
    db,
    sql`SELECT r.place::int - 1 AS place
      FROM unnest(${texts(encoded.map((row) => row.id))}::text::text[],
        ${numbers(encoded.map((row) => row.tsMs))}::text::int8[]) WITH ORDINALITY AS r (id, ts_ms, place)
      WHERE EXISTS (SELECT 1 FROM prediction p WHERE p.model_id = ${target.modelId} AND p.prediction_id = r.id
        AND p.version_id = ${target.versionId}
        AND p.ts = 'epoch'::timestamptz + r.ts_ms * interval '1 millisecond')`,
  );
  return new Set(found.map((row) => row.place));
}

/** Makes the monthly partitions that rows of these times need. Months as "2026-03". */
export async function ensurePartitions(db: Database, months: readonly string[]): Promise<void> {
  await rows(db, sql`SELECT ensure_partitions(${texts(months.map((month) => `${month}-01`))}::text::date[])`);
}

/** Whether a version is still at the revision that rows were encoded against. */
export async function isCurrent(
  db: Database,
  { modelId, versionId, revision }: Pick<Target, "modelId" | "versionId" | "revision">,
): Promise<boolean> {
  const found = await rows(
    db,
    sql`SELECT 1 FROM model_version
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND revision = ${revision}`,
  );
  return found.length > 0;
}
