import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { LABEL, PREDICTION, SCORE } from "@/lib/models/store";
import type { Place } from "@/lib/summaries/store";
import { BaselinePerformance, type BaselineRows } from "./baseline";

type Version = Place & { baselineId: number };

/** The stored performance of a version's baseline; null without one. */
export async function readBaselinePerformance(
  db: Database,
  { modelId, versionId, baselineId }: Version,
): Promise<BaselinePerformance | null> {
  if (baselineId === 0) return null;
  const [row] = await rows<{ performance: unknown }>(
    db,
    sql`SELECT performance FROM baseline
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND baseline_id = ${baselineId}`,
  );
  const parsed = BaselinePerformance.safeParse(row?.performance);
  return parsed.success ? parsed.data : null;
}

/** The baseline's predictions, scores and labels in row order, of one segment where a filter is given. */
export async function readBaselineRows(
  db: Database,
  version: Version,
  filter: { featureId: number; code: number } | null,
): Promise<BaselineRows & { n: number }> {
  const wanted = [PREDICTION, SCORE, LABEL, ...(filter ? [filter.featureId] : [])];
  const found = await rows<{ feature_id: number; data: Uint8Array }>(
    db,
    sql`SELECT feature_id, data FROM baseline_column
      WHERE model_id = ${version.modelId} AND version_id = ${version.versionId}
        AND baseline_id = ${version.baselineId} AND feature_id = ANY (${`{${wanted.join(",")}}`}::text::int[])
      ORDER BY feature_id, chunk`,
  );
  const column = (id: number) => {
    const chunks = found.filter((row) => row.feature_id === id);
    return chunks.length > 0 ? decode(chunks.map((row) => row.data)) : null;
  };
  const all = { prediction: column(PREDICTION), score: column(SCORE), label: column(LABEL) };
  if (!filter) return { ...all, n: Math.max(...Object.values(all).map((values) => values?.length ?? 0)) };
  const key = column(filter.featureId) ?? new Float64Array();
  const of = (values: Float64Array | null) => values?.filter((_, i) => key[i] === filter.code) ?? null;
  return {
    prediction: of(all.prediction),
    score: of(all.score),
    label: of(all.label),
    n: key.reduce((n, code) => n + (code === filter.code ? 1 : 0), 0),
  };
}

/** Doubles, little-endian, one chunk after the other. */
function decode(chunks: readonly Uint8Array[]): Float64Array {
  const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return new Float64Array(bytes.buffer, 0, size >> 3);
}
