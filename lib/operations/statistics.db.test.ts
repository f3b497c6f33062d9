import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { createExperiment } from "@/lib/runs/experiments";
import { refreshStatistics } from "./statistics";

onEachStore("the planner's statistics", (fresh) => {
  test("are gathered once a table has grown, and not again before it grows further", async () => {
    const { db } = await fresh();
    // A server would do it by itself in the middle of this.
    await db.execute(sql`ALTER TABLE run_tag SET (autovacuum_enabled = false)`);
    expect(await refreshStatistics(db)).toEqual([]);
    const experiment = Number(await createExperiment(db, { name: "grown" }, { nowMs: 0 }));
    const grow = () =>
      db.execute(
        sql`INSERT INTO run_tag (run_id, key, value, experiment_id)
          SELECT md5(random()::text), 'team', repeat('x', 100), ${experiment}::int FROM generate_series(1, 10000)`,
      );
    await grow();
    expect(await refreshStatistics(db)).toEqual(["run_tag"]);
    const [known] = await rows<{ tuples: number }>(
      db,
      sql`SELECT reltuples::float8 AS tuples FROM pg_class WHERE oid = 'run_tag'::regclass`,
    );
    expect(known!.tuples).toBeCloseTo(10_000, -3);
    expect(await refreshStatistics(db)).toEqual([]);
    await grow();
    expect(await refreshStatistics(db)).toEqual(["run_tag"]);
  });
});
