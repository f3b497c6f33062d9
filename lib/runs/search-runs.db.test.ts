import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createExperiment } from "./experiments";
import { logBatch } from "./log-batch";
import { createRun, deleteRun, updateRun } from "./runs";
import { searchExperiments } from "./search-experiments";
import { searchRuns } from "./search-runs";

onEachStore("searching", (fresh) => {
  let store: TestStore;
  let experimentId: string;
  let runs: string[];

  const search = async (filter: string, more: Partial<Parameters<typeof searchRuns>[1]> = {}) =>
    (await searchRuns(store.db, { experimentIds: [experimentId], filter, ...more })).rows.map(
      (run) => run.run_name,
    );

  beforeAll(async () => {
    store = await fresh();
    experimentId = await createExperiment(store.db, { name: "searched" }, { nowMs: 0 });
    runs = [];
    const values = [0.5, 0.9, Number.NaN, null, Number.POSITIVE_INFINITY];
    for (const [place, value] of values.entries()) {
      const { run_id } = await createRun(store.db, {
        experimentId,
        name: `run-${place}`,
        userId: place % 2 ? "ada" : "Grace",
        startTime: 100 + place,
      });
      runs.push(run_id);
      await logBatch(store.db, run_id, {
        metrics: value === null ? [] : [{ key: "acc", value, timestamp: 0, step: 0 }],
        params: [{ key: "lr rate", value: `0.${place}` }],
        tags: place < 3 ? [{ key: "team.name", value: place === 0 ? "Blue" : "red" }] : [],
      });
    }
    await updateRun(store.db, runs[0]!, { status: "FINISHED", endTime: 500 });
  });

  test("compares metrics as numbers; NaN is above and below nothing", async () => {
    expect(await search("metrics.acc > 0.4")).toEqual(["run-4", "run-1", "run-0"]);
    expect(await search("metric.acc >= 0.5 and metrics.acc < 0.6")).toEqual(["run-0"]);
    expect(await search("metrics.acc != 0.5")).toEqual(["run-4", "run-2", "run-1"]);
    expect(await search("metrics.`acc` <= 1e3")).toEqual(["run-1", "run-0"]);
    await expect(search("metrics.acc > '0.4'")).rejects.toThrow(/numeric value/);
    await expect(search("metrics.acc LIKE '0'")).rejects.toThrow(/Invalid comparator 'LIKE'/);
  });

  test("compares params, tags and attributes as text", async () => {
    expect(await search(`params."lr rate" = '0.1'`)).toEqual(["run-1"]);
    expect(await search("params.`lr rate` LIKE '0.%' AND tags.team.name != 'Blue'")).toEqual([
      "run-2",
      "run-1",
    ]);
    expect(await search("tags.`team.name` ILIKE 'BL%'")).toEqual(["run-0"]);
    expect(await search("tags.team.name LIKE 'bl%'")).toEqual([]);
    expect(await search("tags.team.name IS NULL")).toEqual(["run-4", "run-3"]);
    expect(await search("tag.team.name IS NOT NULL")).toEqual(["run-2", "run-1", "run-0"]);
    expect(await search("status = 'FINISHED'")).toEqual(["run-0"]);
    expect(await search("attributes.start_time >= 103 and user_id = 'ada'")).toEqual(["run-3"]);
    expect(await search(`run_id IN ('${runs[1]}', '${runs[2]}')`)).toEqual(["run-2", "run-1"]);
    expect(await search(`attr.run_id NOT IN ('${runs[1]}') and run.run_name LIKE 'run-%'`)).toHaveLength(4);
    expect(await search("attributes.`Run name` = 'run-3'")).toEqual(["run-3"]);
    expect(await search("tags.team.name = 'it''s'")).toEqual([]);
  });

  test("says what it cannot read", async () => {
    for (const [filter, message] of [
      ["metrics.acc", /expected a comparison/],
      ["metrics.acc > 1 OR metrics.acc < 0", /OR/],
      ["foo.bar = 'x'", /Invalid entity type 'foo'/],
      ["attribute.nothing = 'x'", /Invalid attribute key 'nothing'/],
      ["params.x = 3", /quoted string value/],
      ["params.x > '3'", /Invalid comparator '>'/],
      ["status = 'a' AND", /expected a name, found the end/],
      ["status = 'unclosed", /cannot read/],
      ["run_id IN ()", /empty/],
    ] as const) {
      await expect(search(filter), filter).rejects.toThrow(message);
    }
    await expect(search("", { orderBy: ["metrics.acc DOWN"] })).rejects.toThrow(/expected AND or the end/);
    await expect(search("", { maxResults: 0 })).rejects.toThrow(
      /Invalid value 0 for parameter 'max_results'/,
    );
  });

  test("pages may use OR and parentheses", async () => {
    const or = { or: true };
    expect(
      await search("metrics.acc > 0.8 OR (status = 'FINISHED' AND params.`lr rate` = '0.0')", or),
    ).toEqual(["run-4", "run-1", "run-0"]);
  });

  test("orders with NaN and then nothing last, whatever the direction", async () => {
    expect(await search("", { orderBy: ["metrics.acc DESC"] })).toEqual([
      "run-4",
      "run-1",
      "run-0",
      "run-2",
      "run-3",
    ]);
    expect(await search("", { orderBy: ["metrics.acc"] })).toEqual([
      "run-0",
      "run-1",
      "run-4",
      "run-2",
      "run-3",
    ]);
    expect(await search("", { orderBy: ["tags.`team.name` ASC", "start_time ASC"] })).toEqual([
      "run-0",
      "run-1",
      "run-2",
      "run-3",
      "run-4",
    ]);
    expect(await search("", { orderBy: ["attributes.end_time DESC", "user_id", "start_time asc"] })).toEqual([
      "run-0",
      "run-2",
      "run-4",
      "run-1",
      "run-3",
    ]);
    expect(await search("")).toEqual(["run-4", "run-3", "run-2", "run-1", "run-0"]);
  });

  test("orders by a metric that it also filters by", async () => {
    const asked = "metrics.acc > 0.4 AND metrics.acc != 7";
    expect(await search(asked, { orderBy: ["metrics.acc DESC"] })).toEqual(["run-4", "run-1", "run-0"]);
    expect(await search(asked, { orderBy: ["metrics.acc"] })).toEqual(["run-0", "run-1", "run-4"]);
    const unsure = await search("metrics.acc > 0.8 OR start_time = 103", {
      or: true,
      orderBy: ["metrics.acc"],
    });
    expect(unsure).toEqual(["run-1", "run-4", "run-3"]);
    const first = await searchRuns(store.db, {
      experimentIds: [experimentId],
      filter: asked,
      orderBy: ["metrics.acc DESC"],
      maxResults: 2,
    });
    const pageToken = first.next_page_token;
    expect(await search(asked, { orderBy: ["metrics.acc DESC"], maxResults: 2, pageToken })).toEqual([
      "run-0",
    ]);
  });

  test("turns pages in any order without losing or repeating a run", async () => {
    for (const orderBy of [
      [],
      ["metrics.acc DESC"],
      ["metrics.acc"],
      ["tags.team.name DESC", "params.`lr rate`"],
    ]) {
      const seen: string[] = [];
      let pageToken: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof searchRuns>> = await searchRuns(store.db, {
          experimentIds: [experimentId],
          orderBy,
          maxResults: 2,
          pageToken,
        });
        seen.push(...page.rows.map((run) => run.run_name));
        pageToken = page.next_page_token;
      } while (pageToken);
      expect(seen).toEqual(await search("", { orderBy }));
    }
  });

  test("shows deleted runs when asked", async () => {
    const { run_id } = await createRun(store.db, { experimentId, name: "deleted", startTime: 1 });
    await deleteRun(store.db, run_id, "cli", { nowMs: 1 });
    expect(await search("", { view: "DELETED_ONLY" })).toEqual(["deleted"]);
    expect(await search("", { view: "ALL" })).toHaveLength(6);
    expect(await search("")).toHaveLength(5);
  });

  test("experiments are searched by name, time and tags", async () => {
    for (const [place, name] of ["alpha", "Beta", "gamma"].entries()) {
      await createExperiment(
        store.db,
        { name, tags: [{ key: "n", value: `${place}` }] },
        { nowMs: 10 + place },
      );
    }
    const names = async (filter: string, more: object = {}) =>
      (await searchExperiments(store.db, { filter, ...more })).rows.map((experiment) => experiment.name);
    expect(await names("name ILIKE 'b%'")).toEqual(["Beta"]);
    expect(await names("attribute.name LIKE '%a' and creation_time < 1000")).toEqual([
      "gamma",
      "Beta",
      "alpha",
    ]);
    expect(await names("tags.n != '1' AND creation_time > 9")).toEqual(["gamma", "alpha"]);
    expect(await names("creation_time < 1000 and name != 'searched'", { orderBy: ["name ASC"] })).toEqual([
      "Beta",
      "alpha",
      "gamma",
    ]);
    const first = await searchExperiments(store.db, { maxResults: 2, orderBy: ["name"] });
    const second = await searchExperiments(store.db, {
      maxResults: 50,
      orderBy: ["name"],
      pageToken: first.next_page_token,
    });
    expect([...first.rows, ...second.rows].map((experiment) => experiment.name)).toEqual([
      "Beta",
      "Default",
      "alpha",
      "gamma",
      "searched",
    ]);
    expect(second.next_page_token).toBeNull();
  });
});
