import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { readHistories, sampleHistories } from "./compare-histories";
import { logBatch } from "./log-batch";
import { createRun } from "./runs";

onEachStore("histories of several runs", (fresh) => {
  let store: TestStore;
  let long: string;
  let short: string;

  beforeAll(async () => {
    store = await fresh();
    const start = async (points: number) => {
      const { run_id } = await createRun(store.db, { experimentId: "0" });
      const metrics = Array.from({ length: points }, (_, step) => ({
        key: "loss",
        value: step / 8,
        timestamp: 1,
        step,
      }));
      await logBatch(store.db, run_id, { metrics });
      return run_id;
    };
    long = await start(10);
    short = await start(4);
  });

  const steps = async (search: Partial<Parameters<typeof sampleHistories>[1]>) =>
    (await sampleHistories(store.db, { runIds: [long], key: "loss", ...search })).map(({ step }) => step);

  test("are thinned to every second, third … step and the last, as MLflow thins them", async () => {
    expect(await steps({ maxResults: 5 })).toEqual([0, 2, 4, 6, 8, 9]);
    expect(await steps({ maxResults: 4 })).toEqual([0, 3, 6, 9]);
    expect(await steps({ maxResults: 10 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await steps({ maxResults: 1 })).toEqual([0, 9]);
    expect(await steps({ maxResults: 2, from: 2, to: 6 })).toEqual([2, 5, 6]);
  });

  test("keep the last step of each run for all, run by run in the order in which they are named", async () => {
    for (const runIds of [
      [long, short],
      [short, long],
    ]) {
      const found = await sampleHistories(store.db, { runIds, key: "loss", maxResults: 3 });
      const of = (run: string) => found.filter(({ run_id }) => run_id === run).map(({ step }) => step);
      expect(of(long)).toEqual([0, 3, 4, 8, 9]);
      expect(of(short)).toEqual([0, 3]);
      expect([...new Set(found.map(({ run_id }) => run_id))]).toEqual(runIds);
    }
  });

  test("keep every point of a step", async () => {
    const { run_id } = await createRun(store.db, { experimentId: "0" });
    const metrics = Array.from({ length: 20 }, (_, i) => ({
      key: "loss",
      value: 1,
      timestamp: 1 + (i % 2),
      step: i >> 1,
    }));
    await logBatch(store.db, run_id, { metrics });
    const found = await sampleHistories(store.db, { runIds: [run_id], key: "loss", maxResults: 5 });
    expect(found.map(({ step, timestamp }) => `${step}/${timestamp}`)).toEqual(
      [0, 2, 4, 6, 8, 9].flatMap((step) => [`${step}/1`, `${step}/2`]),
    );
  });

  test("are refused in MLflow's words", async () => {
    const many = Array.from({ length: 101 }, (_, i) => String(i));
    await expect(readHistories(store.db, { runIds: [], key: "loss" })).rejects.toThrow(
      "GetMetricHistoryBulk request must specify at least one run_id.",
    );
    await expect(readHistories(store.db, { runIds: many, key: "loss" })).rejects.toThrow(
      "cannot specify more than 100 run_ids. Received 101",
    );
    await expect(readHistories(store.db, { runIds: [long], key: "" })).rejects.toThrow(
      "GetMetricHistoryBulk request must specify a metric_key.",
    );
    await expect(steps({ runIds: [] })).rejects.toThrow("Missing value for required parameter 'run_ids'.");
    await expect(steps({ runIds: many })).rejects.toThrow("must specify at most 100 run_ids.");
    await expect(steps({ maxResults: 2501 })).rejects.toThrow("max_results must be between 1 and 2500");
  });
});
