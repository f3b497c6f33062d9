import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { Gate } from "@/lib/ingest/gate";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { reportPerformance } from "@/lib/performance/report";
import { reportQuality } from "@/lib/quality/report";
import { exponentialBucket } from "@/lib/stats/exponential-buckets";
import { correctSchema } from "./correct";
import { describeSchema } from "./describe";
import { ROOTS } from "./retype";

const NOW = Date.UTC(2026, 5, 1);
const START = Date.UTC(2026, 2, 3, 20, 30);

onEachStore("correcting a version's schema", (fresh) => {
  let store: TestStore;
  let gate: Gate;
  beforeAll(async () => {
    store = await fresh();
    gate = new Gate(store.db, { mostRows: 100_000, concurrency: 2 });
  });

  const log = async (model: string, version: string, make: (i: number) => object, count = 60) => {
    const predictions = Array.from({ length: count }, (_, i) => ({
      id: `${version}-${i}`,
      timestamp: new Date(START + i * 600_000).toISOString(),
      prediction: i % 3 === 0 ? "late" : "on time",
      ...make(i),
    }));
    const receipt = await recordPredictions(gate, { model, version, predictions }, { nowMs: NOW });
    expect(receipt.rejected).toEqual([]);
  };
  const correct = (model: string, patch: object, version = "1") =>
    correctSchema(store.db, { model, version, patch, actor: "page" });
  const summaries = (model: string) =>
    rows<Record<string, unknown>>(
      store.db,
      sql`SELECT s.version_id, s.grain, s.feature_id, s.start::text AS start, sum(s.n)::int AS n,
          sum(s.missing)::int AS missing, min(s.min) AS min, max(s.max) AS max, round(sum(s.sum)::numeric, 6)::text AS sum,
          (SELECT json_agg(json_build_array(k, c) ORDER BY k) FROM (
            SELECT k, sum(c) AS c FROM feature_summary p, unnest(p.keys, p.counts) AS u (k, c)
            WHERE (p.model_id, p.version_id, p.baseline_id, p.grain, p.start, p.feature_id)
              = (s.model_id, s.version_id, s.baseline_id, s.grain, s.start, s.feature_id) GROUP BY k
          ) AS added) AS histogram
        FROM feature_summary s JOIN model m ON m.model_id = s.model_id WHERE m.name = ${model}
        GROUP BY s.model_id, s.version_id, s.baseline_id, s.grain, s.start, s.feature_id
        ORDER BY s.version_id, s.grain, s.start, s.feature_id`,
    );

  test("the store puts a number into the very bucket that the process does", async () => {
    const values = [
      0,
      1,
      -1,
      1.5,
      2 ** 0.5,
      2 ** (1 / 32),
      -3e-7,
      5e-324,
      1.7e308,
      12345.678,
      1024,
      0.1,
      1 / 3,
    ];
    const found = await rows<{ key: number }>(
      store.db,
      sql`SELECT exponential_key(v, ${`{${ROOTS.join(",")}}`}::text::float8[]) AS key
        FROM unnest(${`{${values.join(",")}}`}::text::float8[]) WITH ORDINALITY AS u (v, place) ORDER BY place`,
    );
    expect(found.map((row) => row.key)).toEqual(values.map((value) => exponentialBucket(value)));
  });

  test("words, thresholds and settings are kept, confirmed and audited", async () => {
    await log("words", "1", (i) => ({ features: { distance: i, origin: "LAX" } }));
    const after = await correct("words", {
      settings: { alpha: 0.01, concept_chunk: 50 },
      features: [
        {
          name: "distance",
          role: "feature",
          unit: "miles",
          monitored: false,
          thresholds: { effect_floor: 0.2 },
        },
      ],
    });
    expect(after.settings).toMatchObject({ alpha: 0.01, effect_floor: 0.1, concept_chunk: 50 });
    expect(after.features).toMatchObject([
      {
        name: "distance",
        state: "confirmed",
        unit: "miles",
        monitored: false,
        thresholds: { effect_floor: 0.2 },
      },
      { name: "origin", state: "inferred", unit: null, monitored: true },
    ]);
    await correct("words", { features: [{ name: "distance", role: "feature", thresholds: null }] });
    expect((await describeSchema(store.db, { model: "words", version: "1" })).features[0]).toMatchObject({
      unit: "miles",
      thresholds: null,
    });
    const [event] = await rows<Record<string, unknown>>(
      store.db,
      sql`SELECT actor, action, subject, before, after FROM audit_event ORDER BY event_id LIMIT 1`,
    );
    expect(event).toMatchObject({
      actor: "page",
      action: "version.correct",
      subject: "version:words/1",
      before: {
        settings: { alpha: 0.05, concept_chunk: 100 },
        features: [{ name: "distance", unit: null, state: "inferred" }],
      },
      after: {
        settings: { alpha: 0.01, concept_chunk: 50 },
        features: [{ name: "distance", unit: "miles", state: "confirmed" }],
      },
    });
  });

  test("what does not fit is refused before anything is written", async () => {
    await log("refusals", "1", (i) => ({ features: { gate: i % 2 ? "7" : "A7", distance: i } }));
    const unchanged = await describeSchema(store.db, { model: "refusals", version: "1" });
    const refuse = (patch: object) => expect(correct("refusals", patch)).rejects;
    await refuse({ features: [{ name: "gates", role: "feature" }] }).toThrow(
      /no feature "gates"; it has .*gate/,
    );
    await refuse({ positive_class: "Late" }).toThrow(/no class .*"late"/);
    await refuse({
      settings: { alpha: 0.5 },
      features: [{ name: "gate", role: "feature", type: "numerical" }],
    }).toThrow(/gate cannot be a number: a value is not one, such as "A7", in 30 rows/);
    expect(await describeSchema(store.db, { model: "refusals", version: "1" })).toEqual(unchanged);
  });

  test.each([false, true])(
    "a type corrected later is as if it had been so from the start (baseline: %s)",
    async (based) => {
      const name = based ? "based" : "plain";
      const rawValue = (i: number) => (i % 7 === 0 ? null : [10, 2.5, -3, 1e-7][i % 4]!);
      // The same values as text under one model, as numbers under the other.
      await log(`${name}-text`, "1", (i) => ({
        features: { gate: rawValue(i) === null ? null : String(rawValue(i)) },
      }));
      await log(`${name}-number`, "1", (i) => ({ features: { gate: rawValue(i) } }));
      if (based) {
        const window = { from: "2026-03-03T00:00:00Z", to: "2026-03-04T02:00:00Z" };
        for (const model of [`${name}-text`, `${name}-number`]) {
          await putBaseline(store.db, { model, version: "1", input: { kind: "window", window } });
          await rebuildSummaries(store.db, { model, version: "1" });
        }
      }
      const [asText, asNumber] = [await summaries(`${name}-text`), await summaries(`${name}-number`)];
      const quality = async (model: string) => {
        const {
          model: _,
          fresh_to: __,
          ...report
        } = await reportQuality(store.db, { model: `${name}-${model}`, version: "1" });
        return report;
      };
      const numberQuality = await quality("number");

      await correct(`${name}-text`, { features: [{ name: "gate", role: "feature", type: "numerical" }] });
      expect(await summaries(`${name}-text`)).toEqual(asNumber);
      expect(await quality("text")).toEqual(numberQuality);

      await correct(`${name}-text`, { features: [{ name: "gate", role: "feature", type: "categorical" }] });
      expect(await summaries(`${name}-text`)).toEqual(asText);

      // Rows that come after are read under the corrected type, by a writer that knew the old one.
      await correct(`${name}-text`, { features: [{ name: "gate", role: "feature", type: "numerical" }] });
      await log(`${name}-text`, "1", (i) => ({ id: `late-${i}`, features: { gate: 2.5 } }), 6);
      await log(`${name}-number`, "1", (i) => ({ id: `late-${i}`, features: { gate: 2.5 } }), 6);
      expect(await summaries(`${name}-text`)).toEqual(await summaries(`${name}-number`));
    },
  );

  test("text that becomes the largest numbers there are is counted as they would have been", async () => {
    const huge = ["1.7e308", "1.7e308", "-1.7e308", "1.2e154", "5e-324"];
    await log("huge", "1", (i) => ({ features: { gate: huge[i % huge.length]! } }));
    await correct("huge", { features: [{ name: "gate", role: "feature", type: "numerical" }] });
    const [held] = await rows(
      store.db,
      sql`SELECT sum(s.n)::int AS n, min(s.min) AS min, max(s.max) AS max, max(s.sum)::text AS sum
        FROM feature_summary s JOIN model m USING (model_id)
        WHERE m.name = 'huge' AND s.feature_id = 1 AND s.grain = 24`,
    );
    // Beyond a double on both sides: there is no sum, and so no mean.
    expect(held).toEqual({ n: 60, min: -1.7e308, max: 1.7e308, sum: "NaN" });
    const { features } = await reportQuality(store.db, { model: "huge", version: "1" });
    expect(features.find(({ name }) => name === "gate")).toBeDefined();
  });

  test("another positive class turns the metrics over, and scores taken out of maps with them", async () => {
    const scored = (i: number) => ({
      features: { x: i },
      scores: { late: 0.1 + (i % 8) / 10, "on time": 0.9 - (i % 8) / 10 },
    });
    await log("turned", "1", scored);
    await recordLabels(
      gate,
      {
        model: "turned",
        labels: Array.from({ length: 60 }, (_, i) => ({ id: `1-${i}`, label: i % 4 ? "on time" : "late" })),
      },
      { nowMs: NOW },
    );
    const report = () => reportPerformance(store.db, { model: "turned", version: "1" });
    await correct("turned", { positive_class: "late" });
    const late = await report();
    expect(late.positive_class).toBe("late");
    const schema = await correct("turned", { positive_class: "on time" });
    expect(schema.positive_class).toBe("on time");
    const onTime = await report();
    expect(onTime.label_mean).toBeCloseTo(1 - late.label_mean!, 12);
    expect(onTime.metrics.accuracy).toBe(late.metrics.accuracy);
    for (const name of ["auc", "log_loss", "brier"])
      expect(onTime.metrics[name]).toBeCloseTo(late.metrics[name]!, 9);
    expect(onTime.metrics.recall).not.toBe(late.metrics.recall);
    await correct("turned", { positive_class: "late" });
    expect(await report()).toEqual(late);

    // What retention leaves of a month are its counts.
    await rows(
      store.db,
      sql`DELETE FROM prediction USING model m WHERE prediction.model_id = m.model_id AND m.name = 'turned'`,
    );
    await expect(correct("turned", { positive_class: "on time" })).rejects.toThrow(
      /^positive_class: the rows of 2026-03-03 to today were removed by retention, and their counts would be lost/,
    );
    expect(await report()).toEqual(late);
    await correct("turned", { positive_class: "on time", discard_history: true });
    expect((await report()).positive_class).toBe("on time");
  });
});
