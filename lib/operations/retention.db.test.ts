import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Database, rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { comingMonths, ensureComingPartitions } from "./partitions";
import { applyRetention } from "./retention";

const NOW = new Date("2026-11-23T12:00:00Z");

async function log(db: Database, at: string): Promise<void> {
  await db.execute(sql`SELECT ensure_partitions(ARRAY[${`${at.slice(0, 7)}-01`}]::date[])`);
  await db.execute(
    sql`INSERT INTO prediction (model_id, prediction_id, version_id, ts, features) VALUES (1, ${at}, 1, ${at}, '{}')`,
  );
  await db.execute(sql`INSERT INTO label (model_id, prediction_id, label, ts) VALUES (1, ${at}, 1, ${at})`);
  await db.execute(
    sql`INSERT INTO traffic_summary (model_id, version_id, grain, start, n, errors, latency_n, latency_sum, latency_keys,
      latency_counts) VALUES (1, 1, 24, date_trunc('day', ${at}::timestamptz, 'UTC'), 1, 0, 0, 0, '{}', '{}')`,
  );
}

const ids = async (db: Database, table: "prediction" | "label") =>
  (
    await rows<{ id: string }>(db, sql`SELECT prediction_id AS id FROM ${sql.identifier(table)} ORDER BY ts`)
  ).map((row) => row.id);

onEachStore("retention", (fresh) => {
  test("months wholly before the cutoff go, with their labels; summaries stay", async () => {
    const { db } = await fresh();
    const moments = [
      "2026-07-31T23:59:59Z",
      "2026-08-01T00:00:00Z",
      "2026-08-24T11:59:59Z",
      "2026-08-26T00:00:00Z",
      "2026-11-01T00:00:00Z",
    ];
    for (const at of moments) await log(db, at);
    // 90 days back from 23 November is 25 August, 12:00.
    const report = await applyRetention(db, { retentionDays: 90, now: NOW });
    expect(report).toEqual({
      cutoff: "2026-08-25T12:00:00.000Z",
      partitions: ["prediction_2026_07"],
      labels: 1,
    });
    expect(await ids(db, "prediction")).toEqual(moments.slice(1));
    // A label that goes before its prediction does would count twice when it is sent again.
    expect(await ids(db, "label")).toEqual(moments.slice(1));
    const [kept] = await rows<{ n: number }>(db, sql`SELECT count(*)::int AS n FROM traffic_summary`);
    expect(kept!.n).toBe(5);
    expect(await applyRetention(db, { retentionDays: 90, now: NOW })).toMatchObject({
      partitions: [],
      labels: 0,
    });
  });

  test("a month that ends at the cutoff is wholly before it", async () => {
    const { db } = await fresh();
    await log(db, "2026-10-15T00:00:00Z");
    const report = await applyRetention(db, { retentionDays: 22, now: new Date("2026-11-23T00:00:00Z") });
    expect(report).toMatchObject({ cutoff: "2026-11-01T00:00:00.000Z", partitions: ["prediction_2026_10"] });
  });

  test("this month's partition and the next two are made ahead, again without complaint", async () => {
    const { db } = await fresh();
    await ensureComingPartitions(db, new Date("2026-12-31T23:59:59Z"));
    await ensureComingPartitions(db, new Date("2026-12-31T23:59:59Z"));
    const found = await rows<{ name: string }>(
      db,
      sql`SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'prediction'::regclass ORDER BY 1`,
    );
    expect(found.map((row) => row.name)).toEqual([
      "prediction_2026_12",
      "prediction_2027_01",
      "prediction_2027_02",
    ]);
  });
});

test("months follow each other across a year, in UTC", () => {
  expect(comingMonths(new Date("2026-11-30T23:30:00-02:00"))).toEqual(["2026-12", "2027-01", "2027-02"]);
});
