import { Cron } from "croner";
import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import type { Runtime } from "@/lib/server/runtime";

/** Searched in ways of people's choosing, so that the plan must be chosen by what is there. */
const TABLES = ["run", "run_metric", "run_param", "run_tag", "metric_point"];

/** Looked at so often; a look costs less than a millisecond. */
const EVERY_HALF_MINUTE = "*/30 * * * * *";

/**
 * Gathers the planner's statistics of tables that have grown by a fifth, and by 50 pages, since they were last gathered.
 * @returns the tables that were looked through, half a second each at a million rows
 */
export async function refreshStatistics(db: Database): Promise<string[]> {
  const grown = await rows<{ name: string }>(
    db,
    sql`SELECT relname AS name FROM pg_class
      WHERE oid IN (SELECT to_regclass(name) FROM unnest(${texts(TABLES)}::text::text[]) AS name)
        AND pg_relation_size(oid) / current_setting('block_size')::int > greatest(50, 1.2 * relpages) ORDER BY 1`,
  );
  for (const { name } of grown) await db.execute(sql`ANALYZE ${sql.identifier(name)}`);
  return grown.map(({ name }) => name);
}

/**
 * The embedded store has no autovacuum, which does this on a server: without statistics 20,000 runs sorted by a metric
 * took two minutes, with them 0.6 s.
 */
export function startStatistics({ store, db, shared }: Runtime): void {
  if (store.kind !== "embedded") return;
  shared.get(
    "statistics",
    () =>
      new Cron(
        EVERY_HALF_MINUTE,
        {
          protect: true,
          unref: true,
          catch: (error) => log.error({ error: forLog(error) }, "statistics could not be gathered"),
        },
        async () => {
          await refreshStatistics(db);
        },
      ),
    (job) => job.stop(),
  );
}
