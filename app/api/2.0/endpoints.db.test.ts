import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as getArtifact from "@/app/get-artifact/route";
import * as versionArtifact from "@/app/model-versions/get-artifact/route";
import { onEachStore } from "@/lib/db/testing";
import { createRuntime, installRuntime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import * as two from "./[...path]/route";
import { ask, KEY, mlflow, reply } from "./testing";

type Point = { run_id: string; key: string; value: number | string; timestamp: number; step: number };
type Run = { run: { info: { run_id: string; artifact_uri: string } } };

onEachStore("MLflow's endpoints", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-endpoints-"));
  beforeAll(async () => {
    const settings = readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY, TIDEMARK_DATA_DIR: folder });
    installRuntime(createRuntime(settings, await fresh()));
  });
  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  const experiment = async (name: string) =>
    (await reply<{ experiment_id: string }>(mlflow("POST", "experiments/create", { name }))).experiment_id;
  const start = async (experiment_id = "0") =>
    (await reply<Run>(mlflow("POST", "runs/create", { experiment_id, start_time: 1 }))).run.info.run_id;
  const log = async (run_id: string, key: string, values: readonly (number | string)[]) =>
    reply(
      mlflow("POST", "runs/log-batch", {
        run_id,
        metrics: values.map((value, step) => ({ key, value, timestamp: 1000 + step, step })),
      }),
    );
  const refused = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, ...((await response.json()) as object) };
  };

  test("get-history gives every point to the last digit, page by page where pages are asked for", async () => {
    const run = await start();
    const odd = ["NaN", "Infinity", "-Infinity", 1e-300, -1.7976931348623157e308, 0.1 + 0.2, 0, -5, 1e21];
    await log(run, "a/b: c", odd);
    const { metrics } = await reply<{ metrics: Point[] }>(
      mlflow("GET", `metrics/get-history?run_id=${run}&metric_key=${encodeURIComponent("a/b: c")}`),
    );
    expect(metrics).toEqual(
      odd.map((value, step) => ({ key: "a/b: c", value, timestamp: 1000 + step, step })),
    );
    const many = Array.from({ length: 2500 }, (_, i) => i / 7);
    for (let from = 0; from < many.length; from += 500) {
      const metrics = many.slice(from, from + 500).map((value, i) => {
        return { key: "many", value, timestamp: from + i, step: from + i };
      });
      await reply(mlflow("POST", "runs/log-batch", { run_id: run, metrics }));
    }
    const at = `metrics/get-history?run_id=${run}&metric_key=many`;
    const whole = await reply<{ metrics: Point[]; next_page_token?: string }>(mlflow("GET", at));
    expect(whole.metrics.map(({ value }) => value)).toEqual(many);
    expect(whole.next_page_token).toBeUndefined();
    const turned: Point[] = [];
    let token: string | undefined = "";
    while (token !== undefined) {
      const page: typeof whole = await reply(mlflow("GET", `${at}&max_results=1100&page_token=${token}`));
      turned.push(...page.metrics);
      token = page.next_page_token;
    }
    expect(turned).toEqual(whole.metrics);
    const none = await reply(mlflow("GET", `metrics/get-history?run_id=${run}&metric_key=none`));
    expect(none).toEqual({ metrics: [] });
  });

  test("get-history-bulk gives every point of a metric of several runs, run by run", async () => {
    const [a, b] = [await start(), await start()];
    await log(a, "loss", [3, "NaN", "-Infinity"]);
    await log(b, "loss", [7]);
    await log(b, "other", [1, 2]);
    const query = `metrics/get-history-bulk?run_id=${a}&run_id=${b}&run_id=nobody&metric_key=loss`;
    const { metrics } = await reply<{ metrics: Point[] }>(mlflow("GET", query));
    const of = (run: string) => metrics.filter(({ run_id }) => run_id === run);
    expect(of(a)).toEqual([
      { run_id: a, key: "loss", value: 3, timestamp: 1000, step: 0 },
      { run_id: a, key: "loss", value: "NaN", timestamp: 1001, step: 1 },
      { run_id: a, key: "loss", value: "-Infinity", timestamp: 1002, step: 2 },
    ]);
    expect(of(b)).toEqual([{ run_id: b, key: "loss", value: 7, timestamp: 1000, step: 0 }]);
    expect(metrics).toHaveLength(4);
    const two = await reply<{ metrics: Point[] }>(mlflow("GET", `${query}&max_results=2`));
    expect(two.metrics).toEqual(metrics.slice(0, 2));
  });

  test("get-history-bulk wants a metric and at most 100 runs", async () => {
    expect(await refused(mlflow("GET", "metrics/get-history-bulk?run_id=a"))).toMatchObject({
      status: 400,
      error_code: "INVALID_PARAMETER_VALUE",
      message: "GetMetricHistoryBulk request must specify a metric_key.",
    });
    expect(await refused(mlflow("GET", "metrics/get-history-bulk?metric_key=a"))).toMatchObject({
      status: 400,
      message: "GetMetricHistoryBulk request must specify at least one run_id.",
    });
    const many = Array.from({ length: 101 }, (_, i) => `run_id=r${i}`).join("&");
    expect(await refused(mlflow("GET", `metrics/get-history-bulk?metric_key=a&${many}`))).toMatchObject({
      status: 400,
      message: expect.stringContaining("more than 100 run_ids. Received 101"),
    });
  });

  test("get-history-bulk-interval thins over the steps of all runs and keeps the last of each", async () => {
    const [long, short] = [await start(), await start()];
    await log(
      long,
      "acc",
      Array.from({ length: 501 }, (_, i) => i / 10),
    );
    await log(short, "acc", [1, 2, 3]);
    const query = `metrics/get-history-bulk-interval?run_ids=${long}&run_ids=${short}&metric_key=acc`;
    const steps = async (more: string) => {
      const { metrics } = await reply<{ metrics: Point[] }>(mlflow("GET", `${query}${more}`));
      return { long: stepsOf(metrics, long), short: stepsOf(metrics, short) };
    };
    // MLflow's rule: every ceil(501 / 6)th step, and of each run the first and the last.
    expect(await steps("&max_results=6")).toEqual({
      long: [0, 2, 84, 168, 252, 336, 420, 500],
      short: [0, 2],
    });
    expect((await steps("")).long).toHaveLength(501);
    expect(await steps("&start_step=10&end_step=12&max_results=100")).toEqual({
      long: [10, 11, 12],
      short: [],
    });
  });
  const stepsOf = (metrics: Point[], run: string) =>
    metrics.filter(({ run_id }) => run_id === run).map(({ step }) => step);

  test("get-history-bulk-interval refuses half an interval, one that runs backwards, and too many points", async () => {
    const query = "metrics/get-history-bulk-interval?run_ids=a&metric_key=acc";
    for (const [more, message] of [
      ["&start_step=1", "both must be specified"],
      ["&start_step=5&end_step=1", "Found start_step=5 and end_step=1"],
      ["&max_results=2501", "max_results"],
      ["&max_results=0", "max_results"],
    ]) {
      expect(await refused(mlflow("GET", `${query}${more}`)), more).toMatchObject({
        status: 400,
        error_code: "INVALID_PARAMETER_VALUE",
        message: expect.stringContaining(message!),
      });
    }
  });

  test("search-datasets names each data set of the experiments once for each context", async () => {
    const [here, there] = [await experiment("with data"), await experiment("with other data")];
    const input = async (experiment_id: string, name: string, context?: string) =>
      reply(
        mlflow("POST", "runs/log-inputs", {
          run_id: await start(experiment_id),
          datasets: [
            {
              dataset: { name, digest: `of ${name}`, source_type: "local", source: "{}" },
              tags: context ? [{ key: "mlflow.data.context", value: context }] : [],
            },
          ],
        }),
      );
    await input(here, "flights", "training");
    await input(here, "flights", "training");
    await input(here, "flights", "test");
    await input(here, "weather");
    await input(there, "others", "training");
    const search = async (experiment_ids: string[]) => {
      const { dataset_summaries: found } = await reply<{ dataset_summaries: object[] }>(
        mlflow("POST", "experiments/search-datasets", { experiment_ids }),
      );
      return found;
    };
    const found = await search([here]);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { experiment_id: here, name: "flights", digest: "of flights", context: "training" },
        { experiment_id: here, name: "flights", digest: "of flights", context: "test" },
        { experiment_id: here, name: "weather", digest: "of weather" },
      ]),
    );
    expect(await search([here, there])).toHaveLength(4);
    expect(await search(["999999"])).toEqual([]);
    expect(await refused(mlflow("POST", "experiments/search-datasets", {}))).toMatchObject({
      status: 400,
      message: "SearchDatasets request must specify at least one experiment_id.",
    });
    const many = Array.from({ length: 21 }, (_, i) => String(i));
    expect(
      await refused(mlflow("POST", "experiments/search-datasets", { experiment_ids: many })),
    ).toMatchObject({ status: 400, message: expect.stringContaining("Received 21 experiment_ids") });
  });

  const upload = (query: string, content: string | Uint8Array<ArrayBuffer>) =>
    ask(two.POST, `/api/2.0/mlflow/upload-artifact?${query}`, { method: "POST", body: content });
  const download = (query: string) => ask(getArtifact.GET, `/get-artifact?${query}`);

  test("upload-artifact keeps a file of a run, which get-artifact gives back to the byte", async () => {
    const run = await start();
    const bytes = new Uint8Array(300_000).map((_, i) => i * 31);
    const place = encodeURIComponent("deep/naïve file.bin");
    expect((await upload(`run_uuid=${run}&path=${place}`, bytes)).status).toBe(200);
    const file = await download(`run_id=${run}&path=${place}`);
    expect(file.status).toBe(200);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": "300000",
      "content-disposition": "attachment; filename*=UTF-8''na%C3%AFve%20file.bin",
      "x-content-type-options": "nosniff",
    });
    const { files } = await reply<{ files: object[] }>(
      mlflow("GET", `artifacts/list?run_id=${run}&path=deep`),
    );
    expect(files).toEqual([{ path: "deep/naïve file.bin", is_dir: false, file_size: 300_000 }]);
    // Of old, a run went by run_uuid.
    const again = await download(`run_uuid=${run}&path=${place}`);
    expect((await again.arrayBuffer()).byteLength).toBe(300_000);
  });

  test("a page that was uploaded is never shown as one", async () => {
    const run = await start();
    await upload(`run_id=${run}&path=page.html`, "<script>alert(1)</script>");
    const file = await download(`run_id=${run}&path=page.html`);
    expect(file.headers.get("content-type")).toBe("application/octet-stream");
    expect(file.headers.get("content-disposition")).toMatch(/^attachment;/);
    await file.body?.cancel();
  });

  test("files that are not there, runs that are not, and paths that lead elsewhere are refused", async () => {
    const run = await start();
    expect(await refused(download(`run_id=${run}&path=nothing.txt`))).toMatchObject({
      status: 404,
      error_code: "RESOURCE_DOES_NOT_EXIST",
    });
    expect(await refused(download("run_id=nobody&path=a"))).toMatchObject({ status: 404 });
    expect(await refused(upload("run_id=nobody&path=a", "x"))).toMatchObject({ status: 404 });
    expect(await refused(upload("path=a", "x"))).toMatchObject({
      status: 400,
      message: "Request must specify run_uuid.",
    });
    for (const place of ["../up.txt", "/etc/passwd", "a/../../b", "%2e%2e/up", "a\\b", "a%00b", ""]) {
      const query = `run_id=${run}&path=${encodeURIComponent(place)}`;
      expect(await refused(download(query)), place).toMatchObject({ status: 400 });
      expect(await refused(upload(query, "x")), place).toMatchObject({ status: 400 });
    }
  });

  test("a version's file is found where its source leads: a run's folder, or a place of its own", async () => {
    const run = await start();
    await upload(`run_id=${run}&path=model/MLmodel`, "flavors: {}");
    await reply(mlflow("POST", "registered-models/create", { name: "served" }));
    for (const source of [`runs:/${run}/model`, `mlflow-artifacts:/0/${run}/artifacts/model`]) {
      const made = { name: "served", source, run_id: run };
      const { model_version } = await reply<{ model_version: { version: string } }>(
        mlflow("POST", "model-versions/create", made),
      );
      const address = `/model-versions/get-artifact?name=served&version=${model_version.version}&path=MLmodel`;
      const file = await ask(versionArtifact.GET, address);
      expect(await file.text()).toBe("flavors: {}");
    }
    const missing = "/model-versions/get-artifact?name=served&version=9&path=MLmodel";
    expect(await refused(ask(versionArtifact.GET, missing))).toMatchObject({ status: 404 });
  });

  test("what evaluations and datasets rest on is neither written, erased, read nor listed as an artifact", async () => {
    mkdirSync(path.join(folder, "artifacts/evaluations/ab"), { recursive: true });
    const kept = path.join(folder, "artifacts/evaluations/ab/abc");
    writeFileSync(kept, "evidence");
    const handlers = { PUT: two.PUT, DELETE: two.DELETE, GET: two.GET };
    const at = (method: "PUT" | "DELETE" | "GET", place: string) =>
      ask(handlers[method], `/api/2.0/mlflow-artifacts/artifacts${place}`, {
        method,
        ...(method === "PUT" ? { body: "forged" } : {}),
      });
    for (const place of ["evaluations/ab/abc", "%65valuations/ab/abc", "evaluations", "datasets/ab/abc"]) {
      for (const method of ["PUT", "DELETE", "GET"] as const) {
        expect(await refused(at(method, `/${place}`)), `${method} ${place}`).toMatchObject({
          status: 403,
          error_code: "PERMISSION_DENIED",
          message: expect.stringContaining("evaluations and datasets"),
        });
      }
    }
    expect(await refused(at("GET", "?path=evaluations/ab"))).toMatchObject({ status: 403 });
    // Nor by a run whose files would lie there.
    const { experiment_id } = await reply<{ experiment_id: string }>(
      mlflow("POST", "experiments/create", {
        name: "digger",
        artifact_location: "mlflow-artifacts:/evaluations",
      }),
    );
    const run = await start(experiment_id);
    expect(await refused(upload(`run_id=${run}&path=abc`, "x"))).toMatchObject({ status: 403 });
    expect(readFileSync(kept, "utf8")).toBe("evidence");
  });
});
