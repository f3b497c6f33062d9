import { beforeAll, expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { reportQuality } from "./report";

const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
const START = Date.UTC(2026, 3, 1);
const PER_DAY = 288;

/** Four sound days, then two on which distances are lost, out of range, and a new airport appears. */
const rows = Array.from({ length: 6 * PER_DAY }, (_, i) => {
  const broken = i >= 4 * PER_DAY;
  return {
    id: `q-${i}`,
    timestamp: new Date(START + (i * DAY) / PER_DAY).toISOString(),
    features: {
      distance: broken && i % 4 === 0 ? null : (i % 100) + (broken && i % 4 === 1 ? 500 : 0),
      origin: broken && i % 8 === 3 ? "SJU" : ["LAX", "ATL"][i % 2],
    },
    ...(i % 100 === 0 ? { error: "timeout" } : { prediction: i % 100 }),
    latency_ms: broken ? 40 : 10,
  };
});

onEachStore("data quality", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    const receipt = await recordPredictions(
      makeGate(store.db),
      { model: "m", version: "1", predictions: rows },
      { nowMs: NOW },
    );
    expect(receipt.rejected).toEqual([]);
  });
  const report = (request: object = {}) =>
    reportQuality(store.db, { model: "m", version: "1", ...request }, { nowMs: NOW });

  test("without a baseline: counts, ranges, categories, latency, no findings", async () => {
    const found = await report();
    expect(found).toMatchObject({ n: 1728, errors: 18, bucket: "day" });
    expect(found.buckets.map(({ n }) => n)).toEqual(Array(6).fill(PER_DAY));
    const [distance, origin] = found.features;
    expect(distance).toMatchObject({
      n: 1728 - 144,
      missing: 144,
      min: 0,
      max: 597,
      below: null,
      missing_rate_reference: null,
      findings: [],
    });
    expect(distance!.series).toEqual([0, 0, 0, 0, 0.25, 0.25]);
    expect(origin).toMatchObject({
      categories: 3,
      top: [{ value: "LAX", n: 864 }, { value: "ATL" }, { value: "SJU", n: 72 }],
    });
    expect(found.latency_ms!.mean).toBeCloseTo(20, 9);
    expect(Math.abs(found.latency_ms!.p50 / 10 - 1)).toBeLessThan(0.0111);
    expect(Math.abs(found.buckets[5]!.latency_p95_ms! / 40 - 1)).toBeLessThan(0.0111);
  });

  test("an edge inside an hour is read from raw rows", async () => {
    const found = await report({ from: "2026-04-01T00:07:00Z", to: "2026-04-01T02:13:00Z", bucket: "hour" });
    // Every five minutes: from 00:10, to 02:10.
    expect(found.n).toBe(25);
    expect(found.buckets.map(({ n }) => n)).toEqual([10, 12, 3]);
    expect(found.features[0]).toMatchObject({ n: 25, missing: 0 });
    expect(found.latency_ms).toMatchObject({ n: 25, mean: 10 });
  });

  test("against a baseline: what is missing, out of range and new is found and said", async () => {
    const window = { from: "2026-04-01T00:00:00Z", to: "2026-04-05T00:00:00Z" };
    await putBaseline(store.db, { model: "m", version: "1", input: { kind: "window", window } });
    await rebuildSummaries(store.db, { model: "m", version: "1" });
    const found = await report({ from: "2026-04-05T00:00:00Z" });
    const [distance, origin] = found.features;
    expect(distance).toMatchObject({
      missing_rate: 0.25,
      missing_rate_reference: 0,
      below: 0,
      above: 144,
      reference_min: 0,
      reference_max: 99,
      findings: [
        { kind: "missing_rate", n: 144, share: 0.25 },
        { kind: "out_of_range", n: 144 },
      ],
    });
    expect(distance!.findings[0]!.p_value).toBeLessThan(1e-9);
    expect(origin!.findings).toMatchObject([{ kind: "new_category", n: 72 }]);
    expect(origin!.findings[0]!.message).toContain('"SJU"');
    expect(origin!.findings[0]!.message).toContain("that the baseline lacks");
    const sound = await report({ from: "2026-04-01T00:00:00Z", to: "2026-04-05T00:00:00Z" });
    expect(sound.features.flatMap((feature) => feature.findings)).toEqual([]);
  });

  test("a window without rows measures nothing", async () => {
    const found = await report({ from: "2026-05-01T00:00:00Z", to: "2026-05-02T00:00:00Z" });
    expect(found).toMatchObject({ n: 0, latency_ms: null, buckets: [{ n: 0, latency_p95_ms: null }] });
    expect(found.features[0]).toMatchObject({ n: 0, missing_rate: null, mean: null, series: [null] });
  });
});
