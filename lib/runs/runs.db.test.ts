import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import {
  createExperiment,
  deleteExperiment,
  deleteExperimentTag,
  getExperiment,
  restoreExperiment,
  setExperimentTag,
  updateExperiment,
} from "./experiments";
import { logBatch, logMetric, logParam, setRunTag } from "./log-batch";
import { readMetricHistory } from "./metric-history";
import { createRun, deleteRun, getRun, noteLoggedModel, removeRunTag, restoreRun, updateRun } from "./runs";

const clock = { nowMs: 1000 };

onEachStore("runs", (fresh) => {
  let store: TestStore;
  let experimentId: string;
  beforeAll(async () => {
    store = await fresh();
    experimentId = await createExperiment(store.db, { name: "flights" }, clock);
  });
  const start = () => createRun(store.db, { experimentId });

  test("the experiment Default is there from the start, as number 0", async () => {
    expect(await getExperiment(store.db, "0")).toMatchObject({
      name: "Default",
      artifact_location: "mlflow-artifacts:/0",
      lifecycle_stage: "active",
    });
  });

  test("a run has its name as a tag, and gets one where none is given", async () => {
    const named = await createRun(store.db, { experimentId, name: "first" });
    expect(named.tags).toContainEqual({ key: "mlflow.runName", value: "first" });
    const nameless = await start();
    expect(nameless.run_name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(nameless.artifact_uri).toBe(`mlflow-artifacts:/${experimentId}/${nameless.run_id}/artifacts`);
    const renamed = await updateRun(store.db, named.run_id, {
      name: "second",
      status: "FINISHED",
      endTime: 5,
    });
    expect(renamed).toMatchObject({ run_name: "second", status: "FINISHED", end_time: 5 });
    await setRunTag(store.db, named.run_id, { key: "mlflow.runName", value: "third" });
    expect(await getRun(store.db, named.run_id)).toMatchObject({ run_name: "third" });
    const torn = createRun(store.db, {
      experimentId,
      name: "a",
      tags: [{ key: "mlflow.runName", value: "b" }],
    });
    await expect(torn).rejects.toMatchObject({ code: "bad_request" });
  });

  test("the latest metric is the one of the highest step, and the range is that of all", async () => {
    const { run_id } = await start();
    const point = (value: number, timestamp: number, step: number) => ({
      key: "acc",
      value,
      timestamp,
      step,
    });
    await logBatch(store.db, run_id, { metrics: [point(0.5, 9, 1), point(0.9, 1, 3), point(0.7, 5, 2)] });
    await logMetric(store.db, run_id, point(0.1, 99, 0));
    await logMetric(store.db, run_id, point(0.1, 99, 0));
    expect((await getRun(store.db, run_id)).metrics).toEqual([
      { key: "acc", value: 0.9, timestamp: 1, step: 3, points: 4, min: 0.1, max: 0.9 },
    ]);
    const { points } = await readMetricHistory(store.db, { runId: run_id, key: "acc" });
    expect(points).toEqual({
      timestamps: ["1", "5", "9", "99"],
      steps: ["3", "2", "1", "0"],
      values: ["0.9", "0.7", "0.5", "0.1"],
    });
  });

  test("NaN and the infinities are kept as they are, and are no extremes where they are NaN", async () => {
    const { run_id } = await start();
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1];
    await logBatch(store.db, run_id, {
      metrics: values.map((value, step) => ({ key: "odd", value, timestamp: 0, step })),
    });
    await logMetric(store.db, run_id, { key: "nan", value: Number.NaN, timestamp: 0, step: 0 });
    const { points } = await readMetricHistory(store.db, { runId: run_id, key: "odd" });
    expect(points.values).toEqual(["NaN", "Infinity", "-Infinity", "1"]);
    const [nan, odd] = (await getRun(store.db, run_id)).metrics;
    expect(nan).toMatchObject({ value: Number.NaN, min: null, max: null });
    expect(odd).toMatchObject({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, points: 4 });
  });

  test("history turns pages", async () => {
    const { run_id } = await start();
    const metrics = Array.from({ length: 10 }, (_, i) => ({ key: "m", value: i, timestamp: i % 3, step: i }));
    await logBatch(store.db, run_id, { metrics });
    const seen: number[] = [];
    let pageToken: string | null = null;
    do {
      const page = await readMetricHistory(store.db, { runId: run_id, key: "m", maxResults: 4, pageToken });
      seen.push(...page.points.values.map(Number));
      pageToken = page.next_page_token;
    } while (pageToken);
    expect(seen).toEqual([0, 3, 6, 9, 1, 4, 7, 2, 5, 8]);
    await expect(
      readMetricHistory(store.db, { runId: run_id, key: "other", pageToken: "x" }),
    ).rejects.toMatchObject({ code: "bad_request" });
  });

  test("a param keeps its first value, and a batch that would change it changes nothing", async () => {
    const { run_id } = await start();
    await logParam(store.db, run_id, { key: "lr", value: "0.1" });
    await logParam(store.db, run_id, { key: "lr", value: "0.1" });
    await expect(
      logBatch(store.db, run_id, {
        params: [
          { key: "lr", value: "0.2" },
          { key: "depth", value: "3" },
        ],
        metrics: [{ key: "acc", value: 1, timestamp: 0, step: 0 }],
      }),
    ).rejects.toThrow(
      /Changing param values is not allowed. Param with key='lr' was already logged with value='0.1'/,
    );
    expect(await getRun(store.db, run_id)).toMatchObject({
      params: [{ key: "lr", value: "0.1" }],
      metrics: [],
    });
  });

  test("what cannot be logged is named", async () => {
    const { run_id } = await start();
    const log = (batch: Parameters<typeof logBatch>[2]) => logBatch(store.db, run_id, batch);
    const point = { key: "m", value: 1, timestamp: 0, step: 0 };
    await expect(log({ metrics: Array(1001).fill(point) })).rejects.toThrow(/at most 1000 metrics. Got 1001/);
    await expect(
      log({ params: [...Array(101)].map((_, i) => ({ key: `p${i}`, value: "" })) }),
    ).rejects.toThrow(/at most 100 params/);
    await expect(
      log({
        metrics: Array(950).fill(point),
        params: [...Array(60)].map((_, i) => ({ key: `p${i}`, value: "" })),
      }),
    ).rejects.toThrow(/at most 1000 metrics, params, and tags/);
    const twice = { key: "a", value: "1" };
    await expect(log({ params: [twice, twice] })).rejects.toThrow(/Duplicate parameter keys/);
    for (const key of ["../up", "/root", "a//b", "a/../b", "a/", ".", "semi;colon", "x".repeat(251)]) {
      await expect(log({ tags: [{ key, value: "" }] }), key).rejects.toThrow(/for parameter 'tags\[0\].key'/);
    }
    await expect(log({ metrics: [{ ...point, timestamp: -1 }] })).rejects.toThrow(/metrics\[0\].timestamp/);
    await log({ tags: [{ key: "long", value: "x".repeat(9000) }] });
    const { tags } = await getRun(store.db, run_id);
    expect(tags.find((tag) => tag.key === "long")!.value).toHaveLength(8000);
  });

  test("a run that is not there, or deleted, takes nothing", async () => {
    const metric = { key: "m", value: 1, timestamp: 0, step: 0 };
    await expect(logMetric(store.db, "nope", metric)).rejects.toThrow("Run with id=nope not found");
    const { run_id } = await start();
    await deleteRun(store.db, run_id, "cli", clock);
    await expect(logMetric(store.db, run_id, metric)).rejects.toThrow(
      `The run ${run_id} must be in the 'active' state`,
    );
    expect(await getRun(store.db, run_id)).toMatchObject({ lifecycle_stage: "deleted" });
    await restoreRun(store.db, run_id, "cli", clock);
    await logMetric(store.db, run_id, metric);
  });

  test("an experiment comes back with the runs that were deleted with it, and no others", async () => {
    const id = await createExperiment(store.db, { name: "gone" }, clock);
    const [kept, lost] = [
      await createRun(store.db, { experimentId: id }),
      await createRun(store.db, { experimentId: id }),
    ];
    await deleteRun(store.db, lost.run_id, "cli", { nowMs: 1 });
    await deleteExperiment(store.db, id, "cli", { nowMs: 2 });
    expect(await getRun(store.db, kept.run_id)).toMatchObject({ lifecycle_stage: "deleted" });
    await expect(createRun(store.db, { experimentId: id })).rejects.toThrow(/must be in the 'active' state/);
    await expect(createExperiment(store.db, { name: "gone" }, clock)).rejects.toThrow(/deleted state/);
    await restoreExperiment(store.db, id, "cli", { nowMs: 3 });
    expect(await getRun(store.db, kept.run_id)).toMatchObject({ lifecycle_stage: "active" });
    expect(await getRun(store.db, lost.run_id)).toMatchObject({ lifecycle_stage: "deleted" });
  });

  test("experiments are renamed and tagged; names are taken once", async () => {
    const id = await createExperiment(store.db, { name: "one", tags: [{ key: "team", value: "a" }] }, clock);
    await expect(createExperiment(store.db, { name: "one" }, clock)).rejects.toMatchObject({
      code: "conflict",
    });
    await updateExperiment(store.db, id, { name: "two", actor: "cli" }, { nowMs: 7 });
    await setExperimentTag(store.db, id, { key: "stage", value: "b" });
    expect(await getExperiment(store.db, id)).toMatchObject({
      name: "two",
      last_update_time: 7,
      tags: [
        { key: "stage", value: "b" },
        { key: "team", value: "a" },
      ],
    });
    const renamed = updateExperiment(store.db, id, { name: "flights", actor: "cli" }, clock);
    await expect(renamed).rejects.toMatchObject({ code: "conflict" });
    await deleteExperimentTag(store.db, id, "team");
    await expect(deleteExperimentTag(store.db, id, "team")).rejects.toThrow("No tag with name: team");
    for (const location of ["mlflow-artifacts:/../x", "s3://b/%2e%2e/c", "s3://b?x", "s3://b#x"]) {
      const made = createExperiment(store.db, { name: location, artifactLocation: location }, clock);
      await expect(made, location).rejects.toMatchObject({ code: "bad_request" });
    }
  });

  test("tags go; models of MLflow 2 are noted in a list", async () => {
    const { run_id } = await start();
    await setRunTag(store.db, run_id, { key: "t", value: "1" });
    await removeRunTag(store.db, run_id, "t");
    await expect(removeRunTag(store.db, run_id, "t")).rejects.toThrow(/No tag with name: t/);
    await Promise.all([1, 2, 3].map((n) => noteLoggedModel(store.db, run_id, { n })));
    const { tags } = await getRun(store.db, run_id);
    const noted = JSON.parse(tags.find((tag) => tag.key === "mlflow.log-model.history")!.value);
    expect(noted.map((entry: { n: number }) => entry.n).sort()).toEqual([1, 2, 3]);
  });

  test("twenty writers on one run lose nothing and do not deadlock", async () => {
    const { run_id } = await start();
    const write = async (writer: number) => {
      for (let step = 0; step < 10; step++) {
        const keys = [...Array(20).keys()].sort(() => Math.random() - 0.5);
        await logBatch(store.db, run_id, {
          metrics: keys.map((key) => ({
            key: `m${key}`,
            value: writer,
            timestamp: step,
            step: step * 20 + writer,
          })),
          params: keys.map((key) => ({ key: `p${key}`, value: "same" })),
          tags: keys.map((key) => ({ key: `t${key}`, value: `${writer}` })),
        });
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
    const { metrics } = await getRun(store.db, run_id);
    expect(metrics).toHaveLength(20);
    for (const metric of metrics) expect(metric).toMatchObject({ points: 200, step: 199, value: 19 });
  });
});
