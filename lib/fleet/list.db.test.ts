import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { pseudoRandom } from "@/lib/performance/compute.fixture";
import { describeModel, listModels } from "./list";

const NOW = Date.UTC(2026, 5, 1);
const START = Date.UTC(2026, 3, 1);
const HOUR = 3_600_000;

onEachStore("models and their health", (fresh) => {
  let store: TestStore;
  const log = async (version: string, hours: readonly number[], shift = 0) => {
    const random = pseudoRandom(17 + hours[0]!);
    const gate = makeGate(store.db);
    const flights = hours.flatMap((hour) =>
      Array.from({ length: 4 }, (_, i) => {
        const score = random();
        return {
          label: { id: `${version}-${hour}-${i}`, label: random() < score ? "late" : "on time" },
          prediction: {
            id: `${version}-${hour}-${i}`,
            timestamp: new Date(START + hour * HOUR + i).toISOString(),
            features: { distance: random() + shift, taxi: random() },
            prediction: score > 0.5 ? "late" : "on time",
            score,
          },
        };
      }),
    );
    await recordPredictions(
      gate,
      { model: "flights", version, predictions: flights.map((each) => each.prediction) },
      { nowMs: NOW },
    );
    await recordLabels(gate, { model: "flights", labels: flights.map((each) => each.label) }, { nowMs: NOW });
  };
  const hours = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  beforeAll(async () => {
    store = await fresh();
  });

  test("nothing is a list of nothing, and a model that is not there says so", async () => {
    expect(await listModels(store.db)).toEqual({ models: [] });
    await expect(describeModel(store.db, "flights")).rejects.toThrow(/appears with its first/);
  });

  test("a version's volume, labels, latest week and days", async () => {
    await log("1", hours(0, 240));
    const [model] = (await listModels(store.db)).models;
    expect(model).toMatchObject({
      model: "flights",
      task: "classification",
      positive_class: "late",
      classes: ["late", "on time"],
    });
    const [version] = model!.versions;
    expect(version).toMatchObject({
      version: "1",
      stage: "None",
      predictions: 960,
      errors: 0,
      labelled: 960,
      features: 2,
      first_prediction_at: "2026-04-01T00:00:00.000Z",
      last_prediction_at: "2026-04-10T23:00:00.003Z",
      baseline: null,
    });
    expect(version!.health).toMatchObject({
      window: { from: "2026-04-04T00:00:00.000Z", to: "2026-04-11T00:00:00.000Z" },
      n: 672,
      labelled: 672,
      drift_detected: null,
      metric: { name: "auc", baseline: null, band: null },
    });
    expect(version!.sparkline).toHaveLength(10);
    expect(version!.sparkline[0]).toMatchObject({ start: "2026-04-01T00:00:00.000Z", n: 96, labelled: 96 });
    expect(await describeModel(store.db, "flights")).toEqual(model);
  });

  test("a baseline counts at once, and drift against it is named", async () => {
    const window = { from: "2026-04-01T00:00:00Z", to: "2026-04-11T00:00:00Z" };
    await putBaseline(store.db, { model: "flights", version: "1", input: { kind: "window", window } });
    await rebuildSummaries(store.db, { model: "flights", version: "1" });
    const quiet = (await describeModel(store.db, "flights")).versions[0]!;
    expect(quiet.baseline).toMatchObject({ kind: "window", rows: 960, labelled: 960 });
    expect(quiet.health).toMatchObject({ drift_detected: false, tested_features: 2, drifted_features: [] });
    const { value, baseline, band } = quiet.health!.metric!;
    expect(Math.abs(value! - baseline!)).toBeLessThan(0.05);
    expect(band![0]).toBeLessThan(baseline!);

    await log("2", hours(240, 260));
    await log("1", hours(240, 408), 1);
    // The week is computed again no later than five seconds after.
    await expect
      .poll(async () => (await describeModel(store.db, "flights")).versions[0]!.health, {
        timeout: 15_000,
        interval: 500,
      })
      .toMatchObject({ drift_detected: true, drifted_features: ["distance"], n: 672 });
    expect((await listModels(store.db)).models[0]!.versions.map((each) => each.version)).toEqual(["1", "2"]);
  });

  test("what has not changed is not computed again", async () => {
    await listModels(store.db);
    // Only the summaries know: were they read anew, the week would be empty.
    await store.db.execute(sql`DELETE FROM feature_summary`);
    const [version] = (await describeModel(store.db, "flights")).versions;
    expect(version!.health).toMatchObject({ drift_detected: true });
  });
});
