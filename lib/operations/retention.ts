import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { log } from "@/lib/log";

const DAY_MS = 86_400_000;
/** Labels are deleted in pieces, so that no statement holds its locks for long. */
const LABELS_AT_ONCE = 50_000;

export type RetentionReport = {
  /** Raw predictions before this moment may go. */
  cutoff: string;
  partitions: string[];
  labels: number;
};

/**
 * Drops the months of raw predictions that lie wholly before the cutoff, and deletes labels from before
 * the cutoff's month. Summaries, and with them every report that needs no raw rows, stay.
 */
export async function applyRetention(
  db: Database,
  { retentionDays, now }: { retentionDays: number; now: Date },
): Promise<RetentionReport> {
  const cutoff = new Date(now.getTime() - retentionDays * DAY_MS);
  const partitions = (await monthsBefore(db, cutoff)).map((month) => month.name);
  for (const name of partitions) {
    await rows(db, sql`DROP TABLE IF EXISTS ${sql.identifier(name)}`);
    log.info({ partition: name, cutoff }, "a month of raw predictions was dropped");
  }
  // Not up to the cutoff: a label goes with its prediction's month, or sent again it would count twice.
  const kept = new Date(Date.UTC(cutoff.getUTCFullYear(), cutoff.getUTCMonth()));
  return { cutoff: cutoff.toISOString(), partitions, labels: await deleteLabels(db, kept) };
}

/** Monthly partitions of raw predictions that end at the cutoff or before. Their names hold their month. */
async function monthsBefore(db: Database, cutoff: Date): Promise<{ name: string }[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'prediction'::regclass ORDER BY c.relname`,
  );
  return found.filter(({ name }) => {
    const month = /^prediction_(\d{4,6})_(\d{2})$/.exec(name);
    return month !== null && Date.UTC(Number(month[1]), Number(month[2])) <= cutoff.getTime();
  });
}

async function deleteLabels(db: Database, cutoff: Date): Promise<number> {
  let deleted = 0;
  for (;;) {
    const [piece] = await rows<{ n: number }>(
      db,
      sql`WITH old AS (
          SELECT model_id, prediction_id FROM label WHERE ts < ${cutoff.toISOString()}::timestamptz LIMIT ${LABELS_AT_ONCE}
        ), gone AS (
          DELETE FROM label l USING old WHERE l.model_id = old.model_id AND l.prediction_id = old.prediction_id
            AND l.ts < ${cutoff.toISOString()}::timestamptz RETURNING 1
        )
        SELECT count(*)::int AS n FROM gone`,
    );
    deleted += piece!.n;
    if (piece!.n < LABELS_AT_ONCE) return deleted;
  }
}
