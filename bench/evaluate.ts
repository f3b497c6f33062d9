import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import { makeVector, Table, tableToIPC } from "apache-arrow";
import { end, startServer } from "../e2e/faults/process";
import { BOOTSTRAP_KEY } from "../e2e/servers";
import { cookiesOf, join } from "../e2e/sign-in";
import { openInNode } from "../lib/evaluate/engine-node";
import type { EvaluationColumn } from "../lib/evaluate/input";
import { InputMapping } from "../lib/evaluate/input-mapping";
import { readModel } from "../lib/evaluate/read-model";
import { scoreRows } from "../lib/evaluate/score-rows";
import { startTensorflow } from "../lib/evaluate/tensorflow-node";
import { seeded } from "../lib/seeded";
import { median } from "./measure";

/*
 * One model and the same rows in Chromium, on the evaluate page, and in TensorFlow.js in Node, by the same code; both on
 * WebAssembly and one thread. What is compared is rows a second from the first row to the last score; how long the page's
 * own thread was held is watched meanwhile.
 */
const FEATURES = 20;
const ROWS = 1_000_000;
const ROUNDS = 5;
const BUDGET = { ratio: 0.8, taskMs: 50 };

const names = Array.from({ length: FEATURES }, (_, place) => `f${place}`);
const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-evaluate-"));

const random = seeded(1);
const columns = names.map(() => Float32Array.from({ length: ROWS }, () => random.normal()));
const labels = Float32Array.from({ length: ROWS }, () => Number(random.uniform() < 0.3));
const mapping = InputMapping.parse({
  inputs: names.map((feature) => ({ kind: "number", feature })),
  output: { kind: "probability", classes: ["0", "1"] },
  label: "label",
});
const files = await modelFiles();

const node = await inNode();
const server = await startServer({
  TIDEMARK_DATA_DIR: folder,
  DATABASE_URL: "",
  TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
});
try {
  const { milliseconds, longest, tasks, heapMiB } = await inChromium(server.url);
  const [theirs, ours] = [node, milliseconds].map(median) as [number, number];
  const rate = (ms: number) => Math.round((ROWS / ms) * 1000).toLocaleString("en-GB");
  console.log(
    `RESULT ${ROWS.toLocaleString("en-GB")} rows × ${FEATURES} features, MLP 20-64-64-1, WebAssembly, one thread:`,
  );
  console.log(`  Node     ${rate(theirs)} rows/s   (${node.map(Math.round).join(", ")} ms)`);
  console.log(`  Chromium ${rate(ours)} rows/s   (${milliseconds.map(Math.round).join(", ")} ms)`);
  console.log(`  ratio ${(theirs / ours).toFixed(2)} (budget ${BUDGET.ratio})`);
  console.log(
    `  longest task of the page while it read, scored and measured: ${Math.round(longest)} ms, ${tasks} above 50 ms (budget ${BUDGET.taskMs} ms); the page's heap afterwards ${heapMiB} MiB`,
  );
} finally {
  await end(server.child, "SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}

async function modelFiles() {
  const tf = await startTensorflow();
  const model = tf.sequential({ name: "bench" });
  const dense = (units: number, activation: "relu" | "sigmoid", seed: number) =>
    tf.layers.dense({ units, activation, kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  model.add(tf.layers.inputLayer({ inputShape: [FEATURES] }));
  model.add(dense(64, "relu", 1));
  model.add(dense(64, "relu", 2));
  model.add(dense(1, "sigmoid", 3));
  const data = Buffer.concat(
    model.getWeights().map((one) => Buffer.from(Float32Array.from(one.dataSync()).buffer)),
  );
  const json = {
    format: "layers-model",
    modelTopology: JSON.parse(model.toJSON(undefined, true) as unknown as string),
    weightsManifest: [
      {
        paths: ["weights.bin"],
        weights: model.weights.map(({ originalName, shape }) => ({
          name: originalName,
          shape,
          dtype: "float32",
        })),
      },
    ],
    userDefinedMetadata: { input_mapping: mapping },
  };
  model.dispose();
  return [
    { path: "model.json", bytes: Buffer.from(JSON.stringify(json)) },
    { path: "weights.bin", bytes: data },
  ];
}

async function inNode(): Promise<number[]> {
  const scorer = await openInNode(readModel(files));
  const held: EvaluationColumn[] = [
    ...names.map(
      (name, place): EvaluationColumn => ({
        kind: "numerical",
        name,
        values: Float64Array.from(columns[place]!),
      }),
    ),
    { kind: "numerical", name: "label", values: Float64Array.from(labels) },
  ];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { milliseconds } = await scoreRows({ scorer, mapping, columns: held, label: "label", rows: ROWS });
    times.push(milliseconds);
  }
  await scorer.dispose();
  return times;
}

async function inChromium(url: string) {
  const headers = {
    authorization: `Bearer ${BOOTSTRAP_KEY}`,
    "content-type": "application/json",
  };
  const post = (address: string, body: object) =>
    fetch(`${url}/api/2.0/mlflow/${address}`, { method: "POST", headers, body: JSON.stringify(body) });
  await post("registered-models/create", { name: "bench" });
  await post("model-versions/create", { name: "bench", source: "s3://elsewhere/model" });
  const table = new Table(
    Object.fromEntries([
      ...names.map((name, place) => [name, makeVector(columns[place]!)] as const),
      ["label", makeVector(labels)] as const,
    ]),
  );
  const data = path.join(folder, "rows.arrow");
  writeFileSync(data, tableToIPC(table, "file"));
  const model = files.map(({ path: name, bytes }) => {
    const at = path.join(folder, name);
    writeFileSync(at, bytes);
    return at;
  });
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    await page.context().addCookies(cookiesOf(await join(url, "analyst")));
    await page.goto(`${url}/models/bench/1/evaluate?backend=wasm`);
    await page.getByLabel(/TensorFlow\.js model/).setInputFiles(model);
    await page.getByText(/20 float32/).waitFor();
    await watchTasks(page);
    await page.getByLabel(/CSV, Parquet or Arrow/).setInputFiles(data);
    const milliseconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const button = page.getByRole("button", {
        name: round === 0 ? /^Evaluate .* rows$/ : "Evaluate again",
      });
      await button.click({ timeout: 300_000 });
      await page.getByRole("button", { name: "Save as evidence" }).waitFor({ timeout: 600_000 });
      milliseconds.push(Number(await page.locator("[data-milliseconds]").getAttribute("data-milliseconds")));
    }
    const found = await page.evaluate(() => {
      const { tasks } = window as unknown as { tasks: number[] };
      const { memory } = performance as unknown as { memory?: { usedJSHeapSize: number } };
      return {
        longest: Math.max(0, ...tasks),
        tasks: tasks.length,
        heapMiB: Math.round((memory?.usedJSHeapSize ?? 0) / 1024 / 1024),
      };
    });
    return { milliseconds, ...found };
  } finally {
    await browser.close();
  }
}

/** The browser tells of tasks above 50 ms only. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: "longtask" });
    Object.assign(window, { tasks });
  });
}
