import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { loadBins } from "@/lib/models/context";
import { getVersion, PREDICTION, SCORE, type VersionRecord } from "@/lib/models/store";
import type { Bins } from "@/lib/summaries/binner";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram, type Histogram, mergeHistogram } from "@/lib/summaries/histogram";
import { scanRaw } from "@/lib/summaries/raw";
import { DAY_MS, HOUR_MS } from "@/lib/summaries/summarise";
import { addDay, type DaySummary, finishRebuild, nextDay } from "./rebuild-store";

/** Small slices: counting one blocks the process for about 20 ms. */
const SLICE_ROWS = 20_000;
/** Each change of columns between reading and adding costs a try; they are few and far between. */
const TRIES = 20;

export type VersionName = { model: string; version: string };

/**
 * Counts the rows logged before the baseline in its bins, newest day first. Each day is added by one statement that
 * moves the mark, so that this can be stopped and taken up anywhere, also by two processes, while rows arrive.
 * @returns whether all is done; false when stopped, or when another baseline has taken over
 */
export async function rebuildSummaries(
  db: Database,
  name: VersionName,
  { signal }: { signal?: AbortSignal } = {},
): Promise<boolean> {
  const { baselineId } = await getVersion(db, name.model, name.version);
  for (;;) {
    if (signal?.aborted) return false;
    const record = await getVersion(db, name.model, name.version);
    if (record.baselineId !== baselineId || baselineId === 0) return false;
    const day = await nextDay(db, record);
    if (day === null) {
      if (await finishRebuild(db, record)) return true;
      continue;
    }
    if (!(await rebuildDay(db, name, baselineId, day, signal))) return false;
  }
}

async function rebuildDay(
  db: Database,
  name: VersionName,
  baselineId: number,
  dayMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (let round = 0; round < TRIES; round++) {
    const record = await getVersion(db, name.model, name.version);
    if (record.baselineId !== baselineId || signal?.aborted) return false;
    const day = await countDay(db, record, dayMs, await versionBins(db, record));
    const outcome = await addDay(db, record, day);
    if (outcome === "done") return true;
    if (outcome === "superseded") return false;
    await new Promise((resolve) => setTimeout(resolve, 50 * round));
  }
  throw new TidemarkError("overloaded", "the version's columns keep changing while its rows are re-counted");
}

async function versionBins(db: Database, record: VersionRecord): Promise<Map<number, Bins>> {
  const bins = await loadBins(db, record);
  return new Map([
    ...record.columns.map((column, i): [number, Bins] => [column.id, bins.columns[i]!]),
    [PREDICTION, bins.prediction],
    [SCORE, bins.score],
  ]);
}

async function countDay(
  db: Database,
  record: VersionRecord,
  dayMs: number,
  bins: ReadonlyMap<number, Bins>,
): Promise<DaySummary> {
  const hours = new Map<number, Map<number, Histogram>>();
  const span = { fromMs: dayMs, toMs: dayMs + DAY_MS };
  const scan = scanRaw(db, record, {
    span,
    featureIds: [...bins.keys()],
    ordered: true,
    sliceRows: SLICE_ROWS,
    mostRows: Number.POSITIVE_INFINITY,
    receivedBefore: record.baselineId,
  });
  for await (const slice of scan) {
    for (let from = 0; from < slice.n; ) {
      const startMs = Math.floor(slice.tsMs[from]! / HOUR_MS) * HOUR_MS;
      let to = from + 1;
      while (to < slice.n && slice.tsMs[to]! < startMs + HOUR_MS) to++;
      const hour = hours.get(startMs) ?? new Map<number, Histogram>();
      hours.set(startMs, hour);
      for (const [id, column] of bins) {
        const histogram = hour.get(id) ?? emptyHistogram();
        hour.set(id, histogram);
        countColumn(histogram, column, slice.columns.get(id)!.subarray(from, to));
      }
      from = to;
    }
  }
  const day = new Map<number, Histogram>([...bins.keys()].map((id) => [id, emptyHistogram()]));
  for (const hour of hours.values()) {
    for (const [id, histogram] of hour) {
      // A failed prediction has no outcome that could be missing.
      if (id <= 0) histogram.missing = 0;
      mergeHistogram(day.get(id)!, histogram);
    }
  }
  return {
    dayMs,
    buckets: [
      ...[...hours].map(([startMs, columns]) => ({ grain: 1 as const, startMs, columns })),
      ...(hours.size > 0 ? [{ grain: 24 as const, startMs: dayMs, columns: day }] : []),
    ],
  };
}

/** Versions whose rows still wait to be counted in their baseline's bins. */
export function pendingRebuilds(db: Database): Promise<VersionName[]> {
  return rows<VersionName>(
    db,
    sql`SELECT m.name AS model, v.name AS version FROM baseline b
      JOIN model_version v ON v.model_id = b.model_id AND v.version_id = b.version_id
        AND v.baseline_id = b.baseline_id
      JOIN model m ON m.model_id = b.model_id
      WHERE b.rebuild_before IS NOT NULL ORDER BY b.created_at`,
  );
}
