import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { ensurePartitions } from "@/lib/predictions/store";

const MONTHS_AHEAD = 2;

/** First day of the month at `now` and of those that follow, as `2026-11`. */
export function comingMonths(now: Date, ahead = MONTHS_AHEAD): string[] {
  return Array.from({ length: ahead + 1 }, (_, i) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + i, 1)).toISOString().slice(0, 7),
  );
}

/** Makes the partitions of this month and the next ones, so that the first write of a month finds its own. */
export async function ensureComingPartitions(db: Database, now: Date): Promise<void> {
  const wanted = comingMonths(now);
  // Asking first costs no lock on the table that everybody writes to.
  const found = await rows<{ name: string }>(
    db,
    sql`SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'prediction'::regclass`,
  );
  const there = new Set(found.map((row) => row.name));
  const missing = wanted.filter((month) => !there.has(`prediction_${month.replace("-", "_")}`));
  if (missing.length > 0) await ensurePartitions(db, missing);
}
