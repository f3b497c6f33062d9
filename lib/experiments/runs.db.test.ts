import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeeper } from "@/lib/artifacts/local";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { sendRunFile } from "@/lib/run-files/content";
import { listRunFiles } from "@/lib/run-files/list";
import { previewRunFile } from "@/lib/run-files/preview";
import { createExperiment } from "@/lib/runs/experiments";
import { logBatch } from "@/lib/runs/log-batch";
import { createRun } from "@/lib/runs/runs";
import { CurvesQuery, readCurves } from "./curves";
import { describeRun, describeRuns } from "./describe-runs";

onEachStore("runs on screen", (fresh) => {
  let store: TestStore;
  let parent: string;
  let child: string;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-run-files-"));
  const keeper = localKeeper(folder);

  beforeAll(async () => {
    store = await fresh();
    const experimentId = await createExperiment(store.db, { name: "curves" }, { nowMs: 0 });
    parent = (await createRun(store.db, { experimentId, name: "parent", startTime: 0 })).run_id;
    const tags = [{ key: "mlflow.parentRunId", value: parent }];
    child = (await createRun(store.db, { experimentId, name: "child", startTime: 1, tags })).run_id;
    const points = Array.from({ length: 900 }, (_, step) => ({
      key: "loss",
      value: step === 700 ? 99 : step === 300 ? Number.NaN : 1 / (step + 1),
      timestamp: 5000 + step,
      step,
    }));
    // Out of order, as writers that meet log them.
    await logBatch(store.db, parent, { metrics: points.toReversed(), params: [{ key: "lr", value: "0.1" }] });
    const write = (name: string, body: string) =>
      keeper.put(
        `${experimentId}/${parent}/artifacts/${name}`,
        (async function* () {
          yield Buffer.from(body, "latin1");
        })(),
      );
    await write("page.html", "<script>alert(1)</script>");
    await write("plots/p.png", "\x89PNG\r\n\x1a\npixels");
    await write("t.csv", 'a,b\n1,"x,y"\n');
    await write("d.json", '{"a":[1]}');
    await write("m.pkl", "\x80\x00");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a run is told with its family, its range and its params", async () => {
    expect(await describeRun(store.db, parent)).toMatchObject({
      run_name: "parent",
      experiment: { name: "curves" },
      children: 1,
      parent: null,
      params: [{ key: "lr", value: "0.1" }],
      metrics: [{ key: "loss", last: 1 / 900, step: 899, min: 1 / 900, max: 99, points: 900 }],
      versions: [],
    });
    const both = await describeRuns(store.db, [child, parent]);
    expect(both.map(({ run_name }) => run_name)).toEqual(["child", "parent"]);
    expect(both[0]!.parent).toEqual({ run_id: parent, run_name: "parent" });
    await expect(describeRun(store.db, "none")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      describeRuns(
        store.db,
        Array.from({ length: 101 }, (_, i) => `${i}`),
      ),
    ).rejects.toThrow(/at most 100/);
  });

  test("a thinned curve is in the order of steps and keeps the spike and the gap", async () => {
    const query = CurvesQuery.parse({ run: [child, parent], metric: "loss", points: 60, smoothing: 0.9 });
    const { curves } = await readCurves(store.db, query);
    expect(curves).toHaveLength(1);
    const [curve] = curves;
    expect(curve!.points).toBe(900);
    expect(curve!.steps.length).toBeLessThanOrEqual(60);
    expect(curve!.steps).toEqual([...curve!.steps].sort((a, b) => a - b));
    expect(curve!.values[curve!.steps.indexOf(700)]).toBe(99);
    expect(curve!.values[curve!.steps.indexOf(300)]).toBeNull();
    expect(curve!.times[0]).toBe(5000);
    // A tenth of the spike, on a course that was near 0.
    expect(curve!.smoothed![curve!.steps.indexOf(700)]).toBeCloseTo(9.9, 1);
  });

  test("files are listed, shown as what they are, and never as a page", async () => {
    const access = { db: store.db, keeper };
    const { files } = await listRunFiles(access, { runId: parent, path: "" });
    expect(files.map(({ name }) => name)).toEqual(["plots", "d.json", "m.pkl", "page.html", "t.csv"]);
    const preview = (file: string) => previewRunFile(access, { runId: parent, path: file });
    expect(await preview("page.html")).toMatchObject({ kind: "text", text: "<script>alert(1)</script>" });
    expect(await preview("t.csv")).toMatchObject({
      kind: "table",
      rows: [
        ["a", "b"],
        ["1", "x,y"],
      ],
    });
    expect(await preview("d.json")).toMatchObject({ kind: "json", text: '{\n  "a": [\n    1\n  ]\n}' });
    expect(await preview("m.pkl")).toMatchObject({ kind: "none", text: null, bytes: 2 });
    expect(await preview("plots/p.png")).toMatchObject({ kind: "image" });

    const page = await sendRunFile(access, { runId: parent, path: "page.html" });
    expect(page.headers.get("content-type")).toBe("application/octet-stream");
    expect(page.headers.get("content-disposition")).toMatch(/^attachment/);
    const picture = await sendRunFile(access, { runId: parent, path: "plots/p.png" });
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(picture.headers.get("content-security-policy")).toContain("sandbox");
    expect(await picture.text()).toContain("pixels");
    await page.body?.cancel();

    await expect(preview("../secret")).rejects.toMatchObject({ code: "bad_request" });
    await expect(preview("nothing.txt")).rejects.toMatchObject({ code: "not_found" });
  });
});
