import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { recordPredictions } from "./predictions";
import { makeGate, summaryState } from "./testing";

const NOW = Date.UTC(2026, 2, 20);
const START = Date.UTC(2026, 2, 1);

const row = (i: number, over: Record<string, unknown> = {}) => ({
  id: `p-${i}`,
  timestamp: new Date(START + i * 60_000).toISOString(),
  features: {
    distance: (i * 37) % 101,
    origin: ["LAX", "JFK", "ÖRD"][i % 3],
    gap: i % 5 === 0 ? null : i / 7,
  },
  prediction: i % 4 === 0 ? "late" : "on_time",
  score: (i % 4 === 0 ? 0.6 : 0.1) + (i % 10) / 50,
  ...over,
});
const batch = (predictions: unknown[], version = "1") => ({ model: "m", version, predictions });
const at = { nowMs: NOW };

onEachStore("recording predictions", (fresh) => {
  test("keeps a column of ids, of which there are more than are remembered", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    for (let first = 0; first < 60_000; first += 20_000) {
      const ids = Array.from({ length: 20_000 }, (_, i) => ({
        id: `p-${first + i}`,
        timestamp: new Date(START + i).toISOString(),
        features: { customer: `c-${first + i}` },
        prediction: "yes",
      }));
      expect(await recordPredictions(gate, batch(ids), at)).toMatchObject({ accepted: 20_000, rejected: [] });
    }
  });

  test("creates model, version and schema at first sight, and rejects what breaks it by itself", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    expect(await recordPredictions(gate, batch([row(0), row(1)]), at)).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [],
    });
    const receipt = await recordPredictions(
      gate,
      batch([
        row(2),
        row(3, { features: { distance: "far", origin: "LAX" } }),
        row(4, { features: { distance: 1, speed: 2 } }),
        row(5, { features: { distance: 1, origin: 7 } }),
        row(6, { features: {} }),
      ]),
      at,
    );
    expect(receipt.accepted).toBe(2);
    expect(receipt.rejected).toEqual([
      { index: 1, id: "p-3", error: 'features.distance: expected a number, got "far"' },
      {
        index: 2,
        id: "p-4",
        error: expect.stringContaining('features.speed: not in the schema of version "1"'),
      },
      {
        index: 3,
        id: "p-5",
        error: expect.stringContaining("features.origin: expected a category (text), got the number 7"),
      },
    ]);
    const [model] = await rows<{ task: string; positive: string }>(
      db,
      sql`SELECT task, (SELECT value FROM class c WHERE c.model_id = m.model_id AND c.code = m.positive_class) AS positive FROM model m`,
    );
    expect(model).toEqual({ task: "classification", positive: "late" });
  });

  test("keeps 999 of 1,000 whatever the one is", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const poisons: [Record<string, unknown>, string][] = [
      [{ id: "a\u0000b" }, "NUL"],
      [{ features: { origin: "x\u0000" } }, "NUL"],
      [{ prediction: "\u0000" }, "NUL"],
      [{ error: "bad\u0000", prediction: undefined, score: undefined }, "NUL"],
      [{ segment: { carrier: "\u0000" } }, "NUL"],
      [{ features: { distance: Number.POSITIVE_INFINITY } }, "out of range"],
      [{ features: { distance: Number.NaN } }, "out of range"],
      [{ latency_ms: Number.POSITIVE_INFINITY }, "latency_ms"],
      [{ timestamp: "2126-01-01T00:00:00Z" }, "more than a day ahead"],
      [{ timestamp: "0001-01-01T00:00:00Z" }, "before 1970"],
      [{ features: JSON.parse('{"__proto__": 1}') }, "__proto__: not in the schema"],
      [{ features: { origin: "x".repeat(10_000) } }, "a category of 10000 characters"],
      [{ features: { distance: { deep: 1 } } }, "expected a number"],
      [{ id: "\udc00" }, "surrogate"],
    ];
    await recordPredictions(gate, batch([row(0)]), at);
    for (const [place, [poison, reason]] of poisons.entries()) {
      const first = 1 + place * 1000;
      const rowsOfBatch = Array.from({ length: 1000 }, (_, i) => row(first + i, i === 500 ? poison : {}));
      const receipt = await recordPredictions(gate, batch(rowsOfBatch), at);
      expect(receipt.accepted, reason).toBe(999);
      expect(receipt.rejected, reason).toHaveLength(1);
      expect(receipt.rejected[0]).toMatchObject({ index: 500, error: expect.stringContaining(reason) });
    }
    // Large but finite numbers are values like others.
    expect(
      await recordPredictions(
        gate,
        batch([row(900_000, { timestamp: row(1).timestamp, features: { distance: 1e39 } })]),
        at,
      ),
    ).toMatchObject({ accepted: 1 });
  });

  test("stores a row once: sent thrice, shuffled, at the same time, in overlapping batches", async () => {
    const all = Array.from({ length: 600 }, (_, i) => row(i));
    const once = await fresh();
    await recordPredictions(makeGate(once.db), batch(all), at);

    const { db } = await fresh();
    const [one, other] = [makeGate(db), makeGate(db)];
    const batches = [0, 150, 300, 450].flatMap((from) => {
      const overlapping = all.slice(from, from + 250);
      return [overlapping, [...overlapping].reverse(), [...overlapping, ...overlapping]];
    });
    const receipts = await Promise.all(
      batches
        .sort((a, b) => a.length - b.length)
        .map((rowsOfBatch, i) => recordPredictions(i % 2 ? one : other, batch(rowsOfBatch), at)),
    );
    expect(receipts.reduce((sum, receipt) => sum + receipt.accepted, 0)).toBe(600);
    expect(receipts.every((receipt, i) => receipt.accepted + receipt.duplicates === batches[i]!.length)).toBe(
      true,
    );
    const state = await summaryState(db);
    const expected = await summaryState(once.db);
    expect(state.traffic).toEqual(expected.traffic);
    expect(totals(state.features)).toEqual(totals(expected.features));
  });

  test("takes a retry with another time for another row, since the time is part of its identity", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    await recordPredictions(gate, batch([row(1)]), at);
    expect(await recordPredictions(gate, batch([row(1, { features: {} })]), at)).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    expect(
      await recordPredictions(gate, batch([row(1, { timestamp: "2026-03-05T00:00:00Z" })]), at),
    ).toMatchObject({ accepted: 1 });
  });

  test("learns a column's type from its first value, a segment key when it appears, and goes on with older rows", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    await recordPredictions(gate, batch([row(0, { features: { distance: null } })]), at);
    await recordPredictions(
      gate,
      batch([row(1, { features: { distance: 5 }, segment: { carrier: "AA" } })]),
      at,
    );
    await recordPredictions(gate, batch([row(2, { features: {}, segment: { carrier: "DL", tier: 3 } })]), at);
    const columns = await rows(db, sql`SELECT name, role, type FROM feature ORDER BY feature_id`);
    expect(columns).toEqual([
      { name: "distance", role: "feature", type: "numerical" },
      { name: "carrier", role: "segment", type: "categorical" },
      { name: "tier", role: "segment", type: "categorical" },
    ]);
    const stored = await rows<{ features: string }>(
      db,
      sql`SELECT features::text FROM prediction ORDER BY ts`,
    );
    expect(stored.map((entry) => entry.features)).toEqual(["{NULL}", "{5,1}", "{NULL,2,1}"]);
  });

  test("makes partitions for late and early rows", async () => {
    const { db } = await fresh();
    const times = [
      "1970-01-01T00:00:00Z",
      "2001-02-28T23:59:59.999Z",
      "2001-03-01T00:00:00Z",
      "2026-03-20T12:00:00Z",
    ];
    const receipt = await recordPredictions(
      makeGate(db),
      batch(times.map((timestamp, i) => row(i, { timestamp }))),
      at,
    );
    expect(receipt).toMatchObject({ accepted: 4, rejected: [] });
    const partitions = await rows<{ name: string }>(
      db,
      sql`SELECT tableoid::regclass::text AS name FROM prediction ORDER BY ts`,
    );
    expect(partitions.map(({ name }) => name)).toEqual([
      "prediction_1970_01",
      "prediction_2001_02",
      "prediction_2001_03",
      "prediction_2026_03",
    ]);
  });

  test("counts a failed prediction as such, and an empty batch as nothing", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    expect(await recordPredictions(gate, batch([]), at)).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: [],
    });
    await recordPredictions(
      gate,
      batch([row(0), { id: "x", timestamp: row(0).timestamp, error: "timeout" }]),
      at,
    );
    const [traffic] = await rows(
      db,
      sql`SELECT n::int AS n, errors::int AS errors FROM traffic_summary WHERE grain = 24`,
    );
    expect(traffic).toEqual({ n: 2, errors: 1 });
  });

  test("keeps each class's probability, and derives the score of two classes from it", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const rowsOfBatch = [
      row(0, { prediction: "a", score: undefined, scores: { a: 0.7, b: 0.3 } }),
      row(1, { prediction: "b", score: undefined, scores: { b: 0.9, a: 0.1 } }),
    ];
    expect(await recordPredictions(gate, batch(rowsOfBatch), at)).toMatchObject({
      accepted: 2,
      rejected: [],
    });
    expect(
      await rows(db, sql`SELECT prediction, score, scores::text AS scores FROM prediction ORDER BY ts`),
    ).toEqual([
      { prediction: 1, score: 0.3, scores: "{0.7,0.3}" },
      { prediction: 2, score: 0.9, scores: "{0.1,0.9}" },
    ]);
  });

  test("holds a regression model to numbers", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    await recordPredictions(gate, batch([row(0, { prediction: 12.5, score: undefined })]), at);
    const receipt = await recordPredictions(
      gate,
      batch([row(1, { prediction: "late", score: undefined })]),
      at,
    );
    expect(receipt.rejected[0]!.error).toBe('prediction: model "m" predicts numbers, got "late"');
  });

  test("keeps the largest numbers there are, hour after hour, and a latency that can be one", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const huge = [1.7e308, -1.7e308, 5e-324, 1e200];
    for (let i = 0; i < 4; i++) {
      const rowsOf = huge.map((value, k) => row(4 * i + k, { features: { value }, latency_ms: 1e12 }));
      expect(await recordPredictions(gate, batch(rowsOf), at)).toMatchObject({ accepted: 4, rejected: [] });
    }
    const receipt = await recordPredictions(
      gate,
      batch([row(99, { features: { value: 1 }, latency_ms: 1e13 })]),
      at,
    );
    expect(receipt.rejected[0]!.error).toMatch(/^latency_ms: .*1000000000000.*, got 10000000000000$/);
    const [held] = await rows(
      db,
      sql`SELECT sum(n)::int AS n, min(min) AS min, max(max) AS max FROM feature_summary WHERE feature_id = 1 AND grain = 1`,
    );
    expect(held).toEqual({ n: 16, min: -1.7e308, max: 1.7e308 });
  });

  test("refuses at once what would wait beyond the bound", async () => {
    const { db } = await fresh();
    const { Gate } = await import("./gate");
    const gate = new Gate(db, { mostRows: 10, concurrency: 1 });
    const first = recordPredictions(gate, batch(Array.from({ length: 50 }, (_, i) => row(i))), at);
    await expect(recordPredictions(gate, batch([row(99)]), at)).rejects.toMatchObject({
      code: "overloaded",
      retryAfterSeconds: expect.any(Number),
    });
    expect(await first).toMatchObject({ accepted: 50 });
    expect(gate.depth).toBe(0);
  });
});

/** Rows per column and grain; codes of categories depend on who came first, counts do not. */
function totals(features: unknown[]): unknown {
  return (features as { histogram: [number, number][] }[]).map((entry) => ({
    ...entry,
    histogram: entry.histogram?.map(([, count]) => count).sort((a, b) => a - b),
  }));
}
