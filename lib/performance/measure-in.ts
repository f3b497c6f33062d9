import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import { type Measure, measureOf } from "./outcome";

/**
 * How a version is measured. A class that is known from labels alone counts where a prediction has that label now: one that
 * was mistyped, or is of a prediction that never came, makes no third class of two.
 */
export async function measureIn(db: Database, record: VersionRecord): Promise<Measure | null> {
  const { task, positiveClass, classes, labelClasses, modelId } = record;
  const isPlain =
    task !== "classification" || positiveClass === null || classes.length <= 2 || labelClasses === 0;
  return measureOf(record, isPlain ? classes.length : await countClasses(db, modelId));
}

async function countClasses(db: Database, modelId: number): Promise<number> {
  const [found] = await rows<{ n: number }>(
    db,
    sql`SELECT count(*)::int AS n FROM class c WHERE c.model_id = ${modelId} AND (NOT c.label_only OR c.code IN (
      SELECT actual FROM performance_summary WHERE model_id = ${modelId} AND grain = 24
      GROUP BY actual HAVING sum(n) > 0))`,
  );
  return found!.n;
}
