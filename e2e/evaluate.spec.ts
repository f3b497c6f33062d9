import { createHash } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { openInNode } from "@/lib/evaluate/engine-node";
import type { EvaluationColumn } from "@/lib/evaluate/input";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { decodeOutcome } from "@/lib/evaluate/outcome";
import { readModel } from "@/lib/evaluate/read-model";
import { scoreRows } from "@/lib/evaluate/score-rows";
import { exportFiles } from "@/scripts/demo/export-files";
import { readModelFile } from "@/scripts/demo/model-file";
import { BOOTSTRAP_KEY } from "./servers";
import { expect, test } from "./test";

const ROWS = 3_000;
const AIRPORTS = ["ATL", "LAX", "ORD", "DFW", "nowhere"];

/** Made-up flights, some without a recent delay. */
const flights = Array.from({ length: ROWS }, (_, row) => ({
  recent_delay_at_origin: row % 11 === 0 ? null : ((row * 13) % 90) - 12,
  departure_hour: (row * 5) % 24,
  distance: 90 + ((row * 37) % 2400),
  origin: AIRPORTS[row % 5]!,
  destination: AIRPORTS[(row * 3 + 1) % 5]!,
  label: (row * 7919) % 5 === 0 || (row * 13) % 90 > 70 ? "late" : "on_time",
}));
const NAMES = Object.keys(flights[0]!) as (keyof (typeof flights)[number])[];
const csv = Buffer.from(
  `${[NAMES.join(), ...flights.map((flight) => NAMES.map((name) => flight[name] ?? "").join())].join("\n")}\n`,
);
const columns: EvaluationColumn[] = NAMES.map((name) => {
  const values = flights.map((flight) => flight[name]);
  if (typeof values[1] === "number") {
    return {
      kind: "numerical",
      name,
      values: Float64Array.from(values, (value) => (value ?? Number.NaN) as number),
    };
  }
  const dictionary = [...new Set(values as string[])];
  return {
    kind: "categorical",
    name,
    dictionary,
    codes: Int32Array.from(values, (value) => dictionary.indexOf(value as string)),
  };
});

const asPayload = (files: { path: string; bytes: Buffer }[]) =>
  files.map(({ path, bytes }) => ({ name: path, mimeType: "application/octet-stream", buffer: bytes }));
const perceptron = exportFiles(readModelFile("2"));

type Saved = {
  evaluations: { evaluation_id: string; state: string; check_message: string; belongs: boolean | null }[];
};

/** A version whose model files the server keeps, as a training run leaves them. */
async function registerVersion(url: string, model: string): Promise<void> {
  const send = async (path: string, body: unknown, method = "POST") => {
    const reply = await fetch(`${url}/api/2.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
    expect(reply.status, `${path}: ${await reply.clone().text()}`).toBe(200);
    return (await reply.json().catch(() => ({}))) as {
      run?: { info: { artifact_uri: string; run_id: string } };
    };
  };
  await send("mlflow/registered-models/create", { name: model });
  const { run } = await send("mlflow/runs/create", { experiment_id: "0", start_time: 1 });
  const folder = run!.info.artifact_uri.replace(/^mlflow-artifacts:\/+/, "");
  for (const { path, bytes } of perceptron) {
    await send(`mlflow-artifacts/artifacts/${folder}/model/${path}`, bytes, "PUT");
  }
  await send("mlflow/model-versions/create", { name: model, source: `${run!.info.artifact_uri}/model` });
}

test("an uploaded perceptron is evaluated, saved as evidence and confirmed by the server", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("evaluated");
  await registerVersion(api.url, model);
  await page.goto(`/models/${model}/1/evaluate`);
  await expect(page.getByText("Version 1 has no evidence yet")).toBeVisible();
  await page.getByLabel(/TensorFlow\.js model/).setInputFiles(asPayload(perceptron));
  await expect(page.getByText(/reads .*\(29 float32\)/)).toBeVisible();
  await page
    .getByLabel(/CSV, Parquet or Arrow/)
    .setInputFiles({ name: "flights.csv", mimeType: "text/csv", buffer: csv });
  await expect(page.getByRole("region", { name: "The first rows as the model reads them" })).toBeVisible();
  await page.getByLabel("Compare groups of").selectOption("origin");
  await page.getByRole("button", { name: "Evaluate 3,000 rows" }).click();
  await expect(page.getByText(/3,000 rows in .* on wasm/)).toBeVisible();
  await expect(page.getByText("Groups of origin")).toBeVisible();
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await page.getByRole("button", { name: "Save as evidence" }).click();
  await expect(page.getByText("What it rests on")).toBeVisible();
  await expect(page).toHaveURL(/evaluation=/);
  await expect(page.getByText(/gives the same 3,000 scores/)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("cell", { name: "as registered" })).toBeVisible();

  // The scores that were kept are those of TensorFlow.js in Node.
  const path = `/api/v1/models/${model}/versions/1/evaluations`;
  const { evaluations } = await api.get<Saved>(path);
  expect(evaluations).toMatchObject([{ state: "confirmed", belongs: true }]);
  const reply = await fetch(`${api.url}${path}/${evaluations[0]!.evaluation_id}/outcome`, {
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}` },
  });
  const kept = decodeOutcome(new Uint8Array(await reply.arrayBuffer()));
  const read = readModel(perceptron);
  const scorer = await openInNode(read);
  const mapping = InputMapping.parse(read.mapping);
  const { outcomes } = await scoreRows({ scorer, mapping, columns, label: "label", rows: ROWS });
  await scorer.dispose();
  if (kept.task !== "binary" || outcomes.task !== "binary") throw new Error(kept.task);
  expect(kept.labels).toEqual(outcomes.labels);
  kept.scores!.forEach((score, row) => {
    expect(Math.abs(score - outcomes.scores![row]!)).toBeLessThan(1e-6);
  });
});

test("the registered model is evaluated, compared on the same rows, and its forged copy contradicted", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("registered");
  await registerVersion(api.url, model);
  const sha256 = createHash("sha256").update(csv).digest("hex");
  const put = await fetch(
    `${api.url}/api/v1/models/${model}/datasets/${sha256}?name=flights.csv&label=label`,
    {
      method: "PUT",
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "text/csv" },
      body: new Uint8Array(csv),
    },
  );
  expect(put.status, await put.text()).toBeLessThan(300);
  await page.goto(`/models/${model}/1/evaluate?source=registry&dataset=${sha256}`);
  await page.getByRole("button", { name: "Evaluate 3,000 rows" }).click();
  await expect(page.getByRole("button", { name: "Save as evidence" })).toBeVisible();
  // A client that forges what it found, with the key of one that may write.
  const forged = page.waitForRequest(
    (request) => request.method() === "POST" && request.url().endsWith("/evaluations"),
  );
  await page.getByRole("button", { name: "Save as evidence" }).click();
  const body = (await forged).postDataJSON() as { report: { metrics: Record<string, { value: number }> } };
  await expect(page.getByText(/gives the same 3,000 scores/)).toBeVisible({ timeout: 90_000 });
  body.report.metrics.auc!.value += 0.05;
  const path = `/api/v1/models/${model}/versions/1/evaluations`;
  await fetch(`${api.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await page.reload();
  await expect(page.getByText("1 evaluation of it is contradicted")).toBeVisible({ timeout: 90_000 });
  const { evaluations } = await api.get<Saved>(path);
  expect(evaluations[0]).toMatchObject({
    state: "contradicted",
    check_message: expect.stringMatching(/^metrics\.auc\.value: /),
  });
});

test("the mapping is corrected input by input: changed, taken away, added anew, moved to its place", async ({
  page,
  api,
  ownName,
}) => {
  const model = ownName("mapped");
  await registerVersion(api.url, model);
  await page.goto(`/models/${model}/1/evaluate?source=registry`);
  await page
    .getByLabel(/CSV, Parquet or Arrow/)
    .setInputFiles({ name: "flights.csv", mimeType: "text/csv", buffer: csv });
  const answers = page
    .getByRole("region", { name: "The first rows as the model reads them" })
    .getByRole("row")
    .getByRole("cell");
  const inputs = page.getByRole("region", { name: "Inputs of the model in their order" });
  const answersOf = async () => {
    await expect(answers.first()).toBeVisible();
    const texts = await answers.allTextContents();
    return texts.filter((_, place) => place % 8 === 6).map(Number);
  };
  await expect(inputs.getByRole("row").nth(2)).toContainText(/2distancelog, mean \d/);
  const whole = await answersOf();
  expect(whole).toHaveLength(5);
  const kept = readModel(perceptron).mapping as InputMapping;
  const { scale } = kept.inputs[1] as { scale: { mean: number; deviation: number } };

  await inputs.getByRole("button", { name: "Edit distance, input 2" }).click();
  await inputs.getByLabel("Transform of distance").selectOption("none");
  await expect.poll(answersOf).not.toEqual(whole);
  await inputs.getByRole("button", { name: "Take distance away" }).click();
  await expect(page.getByText("The mapping does not fit")).toBeVisible();

  await page.getByRole("button", { name: "Add an input" }).click();
  await expect(inputs.getByLabel("Feature of input 5")).toHaveValue("distance");
  await inputs.getByLabel("Transform of distance").selectOption("log");
  await inputs.getByLabel("Scale of distance").selectOption("standard");
  for (const [label, value] of [
    ["Mean of distance", scale.mean],
    ["Standard deviation of distance", scale.deviation],
  ] as const) {
    await inputs.getByLabel(label, { exact: true }).fill(String(value));
    await inputs.getByLabel(label, { exact: true }).blur();
  }
  for (let place = 5; place > 2; place--) {
    await expect(inputs.getByLabel(`Feature of input ${place}`)).toHaveValue("distance");
    await inputs.getByRole("button", { name: "Move distance up" }).click();
  }
  await inputs.getByRole("button", { name: "Done with distance" }).click();
  await expect(inputs.getByRole("row").nth(2)).toContainText(/2distancelog, mean \d/);
  await expect.poll(answersOf).toEqual(whole);
});

test("hostile files are told in words, and the page goes on", async ({ page, api, ownName }) => {
  const model = ownName("hostile");
  await registerVersion(api.url, model);
  await page.goto(`/models/${model}/1/evaluate`);
  const input = page.getByLabel(/TensorFlow\.js model/);
  const [json, shard] = perceptron;
  const edited = (
    change: (model: { weightsManifest: { paths: string[] }[]; modelTopology: unknown }) => void,
  ) => {
    const copy = JSON.parse(json!.bytes.toString());
    change(copy);
    return { path: "model.json", bytes: Buffer.from(JSON.stringify(copy)) };
  };
  const cases: [{ path: string; bytes: Buffer }[], RegExp][] = [
    [[json!], /wants the weights file "group1-shard1of1\.bin", which is not there/],
    [[json!, { ...shard!, bytes: shard!.bytes.subarray(8) }], /are short: model\.json claims/],
    [
      [edited((copy) => (copy.weightsManifest[0]!.paths = ["../../secret"])), shard!],
      /leads out of the model's folder/,
    ],
    [[{ path: "model.onnx", bytes: Buffer.from("no model") }], /no ONNX/],
    [
      [
        edited((copy) => {
          copy.modelTopology = JSON.parse(
            JSON.stringify(copy.modelTopology).replace(/"units":16/, '"units":200000000'),
          );
        }),
        shard!,
      ],
      /claim more weights than the shards hold/,
    ],
  ];
  for (const [files, words] of cases) {
    await input.setInputFiles(asPayload(files));
    await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
  }
  await input.setInputFiles(asPayload(perceptron));
  await expect(page.getByText(/reads .*\(29 float32\)/)).toBeVisible();
});
