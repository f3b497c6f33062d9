import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createExperiment } from "@/lib/runs/experiments";
import { logBatch } from "@/lib/runs/log-batch";
import { createRun, deleteRun, updateRun } from "@/lib/runs/runs";
import { browseRuns, RunsQuery } from "./browse";
import { exportRuns } from "./export";
import { GroupsQuery, groupRuns } from "./group";
import { describeExperiment, ExperimentsQuery, listExperiments } from "./list";
import { listNames } from "./names";

onEachStore("experiments on screen", (fresh) => {
  let store: TestStore;
  let experimentId: string;
  const runs: string[] = [];

  const browse = (query: object, limit = 50, cursor?: string) =>
    browseRuns(store.db, { ...RunsQuery.parse(query), experimentId, limit, cursor });
  const namesOf = async (query: object) => (await browse(query)).runs.map((run) => run.run_name);

  beforeAll(async () => {
    store = await fresh();
    experimentId = await createExperiment(store.db, { name: "Sweep of trees" }, { nowMs: 0 });
    await createExperiment(store.db, { name: "empty" }, { nowMs: 5 });
    for (let i = 0; i < 6; i++) {
      const { run_id } = await createRun(store.db, {
        experimentId,
        name: `run-${i}`,
        startTime: 1000 + i,
        tags: i >= 4 ? [{ key: "mlflow.parentRunId", value: runs[0]! }] : [],
      });
      runs.push(run_id);
      // loss falls, then rises: its last is neither its least nor its most.
      const loss = [3 - i * 0.1, 1 + i * 0.1, 2].map((value, step) => ({
        key: "loss",
        value,
        timestamp: 0,
        step,
      }));
      const acc =
        i === 5 ? [] : [{ key: "acc", value: i === 3 ? Number.NaN : i / 10, timestamp: 0, step: 0 }];
      await logBatch(store.db, run_id, {
        metrics: [...loss, ...acc],
        params: [{ key: "depth", value: String(i % 2) }, ...(i < 2 ? [{ key: "lr", value: "0.1" }] : [])],
      });
    }
    await updateRun(store.db, runs[1]!, { status: "FAILED", endTime: 9000 });
  });

  test("experiments carry the counts of their runs and are found, sorted and paged", async () => {
    const sweep = await describeExperiment(store.db, experimentId);
    expect(sweep).toMatchObject({ runs: 6, running: 5, failed: 1, updated_at: "1970-01-01T00:00:09.000Z" });
    const list = async (query: object) =>
      (await listExperiments(store.db, ExperimentsQuery.parse(query))).experiments.map(({ name }) => name);
    expect(await list({ q: "TREES" })).toEqual(["Sweep of trees"]);
    expect(await list({ sort: "runs" })).toEqual(["Sweep of trees", "empty", "Default"]);
    expect(await list({ sort: "name", order: "asc" })).toEqual(["Default", "Sweep of trees", "empty"]);
    const first = await listExperiments(store.db, ExperimentsQuery.parse({ sort: "name", limit: 2 }));
    const query = { sort: "name", limit: 2, cursor: first.next_cursor };
    expect(await list(query)).toEqual(["Default"]);
    await expect(describeExperiment(store.db, "404")).rejects.toThrow(/No Experiment with id=404/);
  });

  test("names come once each and in order", async () => {
    expect(await listNames(store.db, experimentId)).toEqual({
      metrics: ["acc", "loss"],
      params: ["depth", "lr"],
      tags: ["mlflow.parentRunId", "mlflow.runName"],
      truncated: false,
    });
  });

  test("a row has what its columns ask for: last, least, best, a param, or nothing", async () => {
    const {
      columns,
      runs: rows,
      total,
    } = await browse({
      column: ["metrics.loss", "metrics.loss@best", "metrics.loss@max", "metrics.acc", "params.lr"],
      sort: "attributes.start_time",
      order: "asc",
    });
    expect(columns.map(({ id }) => id)).toEqual([
      "metrics.loss",
      "metrics.loss@best",
      "metrics.loss@max",
      "metrics.acc",
      "params.lr",
    ]);
    expect(total).toBe(6);
    expect(rows[0]).toMatchObject({
      run_name: "run-0",
      cells: [2, 1, 3, 0, "0.1"],
      children: 2,
      parent_run_id: null,
    });
    expect(rows[3]!.cells).toEqual([2, 1.3, 2.7, "NaN", null]);
    expect(rows[5]).toMatchObject({ cells: [2, 1.5, 2.5, null, null], children: 0, parent_run_id: runs[0] });
  });

  test("runs are sorted by an extreme as well as by the last value", async () => {
    expect(await namesOf({ sort: "metrics.loss@best", order: "desc" })).toEqual([
      "run-5",
      "run-4",
      "run-3",
      "run-2",
      "run-1",
      "run-0",
    ]);
    expect((await namesOf({ sort: "metrics.acc", order: "desc" })).slice(0, 2)).toEqual(["run-4", "run-2"]);
    await expect(namesOf({ sort: "speed" })).rejects.toThrow(/nothing to sort by/);
  });

  test("children stand under their parent, or with all where nobody asks", async () => {
    expect(await namesOf({ parent: "none" })).toEqual(["run-3", "run-2", "run-1", "run-0"]);
    expect(await namesOf({ parent: runs[0] })).toEqual(["run-5", "run-4"]);
    expect(await namesOf({})).toHaveLength(6);
  });

  test("a filter may use OR, and an error names its place", async () => {
    expect(await namesOf({ filter: "metrics.acc > 0.3 OR status = 'FAILED'" })).toEqual(["run-4", "run-1"]);
    for (const [filter, at] of [
      ["metrics.acc > 0.3 AND metrics.acc", 33],
      ["status = 'FAILED' OR colour.x = 'red'", 21],
      ["status = 'FAILED", 9],
    ] as const) {
      await expect(namesOf({ filter }), filter).rejects.toMatchObject({
        code: "bad_request",
        details: [{ at }],
      });
    }
  });

  test("pages follow each other and count once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await browse({ sort: "metrics.acc" }, 2, cursor);
      expect(page.total).toBe(cursor ? null : 6);
      seen.push(...page.runs.map((run) => run.run_name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(6);
  });

  test("groups count runs and average finite metrics, apart for those without the param", async () => {
    const { groups } = await groupRuns(store.db, {
      ...GroupsQuery.parse({ by: "params.lr", column: ["metrics.acc", "metrics.loss@min", "params.depth"] }),
      experimentId,
    });
    // Without lr: acc of runs 2 and 4 (3 is NaN, 5 has none); least losses 1.2, 1.3, 1.4, 1.5.
    expect(groups).toEqual([
      { value: null, runs: 4, means: [expect.closeTo(0.3, 12), expect.closeTo(1.35, 12), null] },
      { value: "0.1", runs: 2, means: [expect.closeTo(0.05, 12), expect.closeTo(1.05, 12), null] },
    ]);
  });

  test("the CSV holds the whole search", async () => {
    const { fileName, pieces } = await exportRuns(store.db, {
      ...RunsQuery.parse({ column: "metrics.acc", filter: "params.depth = '1'" }),
      experimentId,
    });
    let text = "";
    for await (const piece of pieces) text += piece;
    const lines = text.trim().split("\r\n");
    expect(fileName).toBe("Sweep_of_trees-runs.csv");
    expect(lines[0]).toMatch(/^run_id,run_name,.*,metrics\.acc$/);
    expect(lines.map((line) => line.split(",")[1])).toEqual(["run_name", "run-5", "run-3", "run-1"]);
    expect(lines[2]).toMatch(/,NaN$/);
  });

  test("what is deleted is apart", async () => {
    await deleteRun(store.db, runs[2]!, "test", { nowMs: 1 });
    expect(await namesOf({ view: "deleted" })).toEqual(["run-2"]);
    expect(await namesOf({ parent: "none" })).toEqual(["run-3", "run-1", "run-0"]);
  });
});
