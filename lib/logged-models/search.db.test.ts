import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createExperiment } from "@/lib/runs/experiments";
import { logMetric } from "@/lib/runs/log-batch";
import { createRun } from "@/lib/runs/runs";
import { createLoggedModel } from "./models";
import { type Dataset, searchLoggedModels } from "./search";

onEachStore("searching logged models by data set", (fresh) => {
  let store: TestStore;
  let experimentId: string;

  beforeAll(async () => {
    store = await fresh();
    experimentId = await createExperiment(store.db, { name: "logged" }, { nowMs: 0 });
    const { run_id } = await createRun(store.db, { experimentId });
    const model = async (name: string, nowMs: number) =>
      (await createLoggedModel(store.db, { experimentId, name }, { nowMs })).model_id;
    await model("never measured", 1);
    for (const [name, digest, value] of [
      ["on May", "may", 0.9],
      ["on June", "june", 0.7],
    ] as const) {
      await logMetric(store.db, run_id, {
        key: "acc",
        value,
        timestamp: 1,
        step: 0,
        model_id: await model(name, value * 10),
        dataset_name: "flights",
        dataset_digest: digest,
      });
    }
  });

  const search = async (datasets: Dataset[], filter = "") =>
    (await searchLoggedModels(store.db, { experimentIds: [experimentId], datasets, filter })).rows
      .map(({ name }) => name)
      .sort();

  test("without a metric in the filter, models that were measured on one of them are found", async () => {
    expect(await search([{ name: "flights", digest: "may" }])).toEqual(["on May"]);
    expect(await search([{ name: "flights", digest: null }])).toEqual(["on June", "on May"]);
    expect(await search([{ name: "trains", digest: null }])).toEqual([]);
    expect(await search([])).toEqual(["never measured", "on June", "on May"]);
  });

  test("with one, it is compared on them alone", async () => {
    expect(await search([{ name: "flights", digest: "june" }], "metrics.acc > 0.8")).toEqual([]);
    expect(await search([{ name: "flights", digest: null }], "metrics.acc > 0.8")).toEqual(["on May"]);
    expect(await search([{ name: "flights", digest: "may" }], "name LIKE 'on%'")).toEqual(["on May"]);
  });
});
