import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localKeeper } from "@/lib/artifacts/local";
import { datasetPath } from "@/lib/datasets/kept-dataset";
import { uploadDataset } from "@/lib/datasets/upload";
import type { Database } from "@/lib/db/client";
import { openEmbeddedCopy, type TestStore } from "@/lib/db/testing";
import { computeEvaluation } from "@/lib/evaluate/compute";
import { cellText } from "@/lib/evaluate/describe-columns";
import { openInNode } from "@/lib/evaluate/engine-node";
import { FLIGHT_MAPPING, flights, perceptron } from "@/lib/evaluate/models.fixture";
import { encodeOutcome } from "@/lib/evaluate/outcome";
import { readModel } from "@/lib/evaluate/read-model";
import { scoreRows } from "@/lib/evaluate/score-rows";
import { createModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { createRun } from "@/lib/runs/runs";
import { describeEvaluation, readOutcome } from "./describe";
import { hashOf, keep } from "./evidence.fixture";
import { keptFilePath } from "./kept-files";
import { repeatEvaluation } from "./repeat";
import { Repeater } from "./repeater";
import { saveEvaluation } from "./save";
import type { EvaluationSave } from "./schema";

const actor = "person:ada@example.org";
const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-repeat-"));
const keeper = localKeeper(folder);
let store: TestStore;
let db: Database;
let save: EvaluationSave;
const columns = flights(500);
const csv = Buffer.from(
  [
    columns.map(({ name }) => name).join(),
    ...Array.from({ length: 500 }, (_, row) => columns.map((column) => cellText(column, row)).join()),
  ].join("\n"),
);

beforeAll(async () => {
  store = await openEmbeddedCopy();
  db = store.db;
  const { files } = await perceptron();
  const model = readModel(files);
  const scorer = await openInNode(model);
  const { outcomes } = await scoreRows({
    scorer,
    mapping: FLIGHT_MAPPING,
    columns,
    label: "label",
    rows: 500,
  });
  await scorer.dispose();
  const report = await computeEvaluation(outcomes, {
    columns: columns.filter(({ name }) => name !== "label"),
    slices: { minimumN: 50, depth: 1 },
    fairness: [{ feature: "origin" }],
  });
  save = {
    dataset: hashOf(csv),
    format: "tfjs-layers",
    model_files: await Promise.all(
      model.files.map(async ({ path, bytes }) => ({
        path,
        bytes: bytes.length,
        sha256: await keep(keeper, bytes),
      })),
    ),
    mapping: FLIGHT_MAPPING,
    backend: "wasm",
    report: JSON.parse(JSON.stringify(report)),
    outcome: await keep(keeper, encodeOutcome(outcomes)),
  };
}, 120_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const register = async (model: string, bytes: Buffer) => {
  const sha256 = hashOf(bytes);
  const content = (async function* () {
    yield bytes;
  })();
  await uploadDataset(
    { db, keeper },
    { model, sha256 },
    { name: "flights.csv", label: "label", content },
    actor,
  );
  return sha256;
};

let names = 0;
const makeVersion = async (source = "s3://elsewhere/model") => {
  const model = `m${names++}`;
  await createModel(db, { model }, { actor });
  await createModelVersion(db, { model, source }, { actor });
  await register(model, csv);
  return { model, version: "1" };
};
const saved = async (change: Partial<EvaluationSave> = {}, source?: string) => {
  const at = await makeVersion(source);
  const { evaluation_id: id } = await saveEvaluation({ db, keeper }, at, { ...save, ...change }, actor);
  return { ...at, id };
};
const stateOf = async (at: Awaited<ReturnType<typeof saved>>) => {
  const { state, check_message } = await describeEvaluation(db, at);
  return { state, check_message };
};

test("an honest evaluation is confirmed", async () => {
  const at = await saved();
  const judgement = await repeatEvaluation({ db, keeper }, at);
  expect(judgement).toMatchObject({
    state: "confirmed",
    message: expect.stringContaining("the same 500 scores"),
  });
  expect(await stateOf(at)).toEqual({ state: "confirmed", check_message: judgement.message });
});

test("what counts are the repetition's own scores: ties put in the order of their labels win nothing", async () => {
  const { files } = await perceptron();
  const scorer = await openInNode(readModel(files));
  // Next to nothing is left of a row, so that all have nearly the same score.
  const mapping = {
    ...FLIGHT_MAPPING,
    inputs: FLIGHT_MAPPING.inputs.map((input) =>
      input.kind === "number"
        ? { ...input, divisor: 1e12, transform: "none" as const, missing_indicator: input.missing_indicator }
        : input,
    ),
  };
  const { outcomes } = await scoreRows({ scorer, mapping, columns, label: "label", rows: 500 });
  await scorer.dispose();
  if (outcomes.task !== "binary") throw new Error(outcomes.task);
  const { labels } = outcomes;
  const scores = outcomes.scores!.map((score, row) => score + (labels[row] === 1 ? 4e-6 : -4e-6));
  const forged = { ...outcomes, scores };
  const report = JSON.parse(JSON.stringify(await computeEvaluation(forged, { slices: { features: [] } })));
  const honest = await computeEvaluation(outcomes, { slices: { features: [] } });
  expect(report.metrics.auc.value - honest.metrics.auc!.value!).toBeGreaterThan(0.05);
  const at = await saved({ mapping, report, outcome: await keep(keeper, encodeOutcome(forged)) });
  expect(await repeatEvaluation({ db, keeper }, at)).toMatchObject({ state: "confirmed" });
  const counted = await describeEvaluation(db, at);
  expect(counted.report.metrics.auc).toEqual(honest.metrics.auc);
  expect(counted.metrics.auc).toEqual(honest.metrics.auc);
  expect(counted.outcome).not.toBe(hashOf(encodeOutcome(forged)));
  expect(await readOutcome({ db, keeper }, at)).toEqual(outcomes);
  expect(counted).toMatchObject({ by_its_label: true, n_missing_prediction: 0 });
});

test("scores of categories that no row of the data has are no evidence", async () => {
  const inputs = save.mapping.inputs.map((input) =>
    input.kind === "one_hot" ? { ...input, categories: ["KLAX", "KJFK"] } : input,
  );
  const at = await saved({ mapping: { ...save.mapping, inputs } });
  expect(await repeatEvaluation({ db, keeper }, at)).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/^none of the 500 values of "origin".*"JFK", the list "KLAX"/),
  });
});

test("labels among the inputs, or in another column than the dataset's own, are no evidence", async () => {
  const told = await saved({
    mapping: {
      ...save.mapping,
      inputs: [
        ...save.mapping.inputs,
        { kind: "ordinal", feature: "label", categories: ["on_time", "late"], other: null },
      ],
    },
  });
  expect(await repeatEvaluation({ db, keeper }, told)).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/^the model would be told the answer: "label" holds the labels/),
  });
  const at = await saved();
  await repeatEvaluation({ db, keeper }, at);
  const content = (async function* () {
    yield csv;
  })();
  const { model } = at;
  const sha256 = hashOf(csv);
  await uploadDataset({ db, keeper }, { model, sha256 }, { name: "x.csv", label: "origin", content }, actor);
  expect((await describeEvaluation(db, at)).by_its_label).toBe(false);
});

test("a forged metric is contradicted, and named", async () => {
  const report = structuredClone(save.report);
  const honest = report.metrics.auc!.value!;
  report.metrics.auc!.value = honest + 0.01;
  const at = await saved({ report });
  expect(await repeatEvaluation({ db, keeper }, at)).toEqual({
    state: "contradicted",
    message: `metrics.auc.value: ${honest + 0.01} was saved, the scores give ${honest}`,
  });
});

test("a score or a label that the model and the data do not give is contradicted, with its row", async () => {
  const { files } = await perceptron();
  const scorer = await openInNode(readModel(files));
  const { outcomes } = await scoreRows({
    scorer,
    mapping: FLIGHT_MAPPING,
    columns,
    label: "label",
    rows: 500,
  });
  await scorer.dispose();
  if (outcomes.task !== "binary") throw new Error(outcomes.task);
  const scores = outcomes.scores!.slice();
  scores[17]! += 0.001;
  const forged = await saved({ outcome: await keep(keeper, encodeOutcome({ ...outcomes, scores })) });
  expect((await repeatEvaluation({ db, keeper }, forged)).message).toMatch(
    /^the score of row 17: .* the model gives/,
  );
  const labels = outcomes.labels.slice();
  labels[20] = 1 - labels[20]!;
  const relabelled = await saved({ outcome: await keep(keeper, encodeOutcome({ ...outcomes, labels })) });
  expect((await repeatEvaluation({ db, keeper }, relabelled)).message).toBe(
    "the label of row 20: on_time was saved, the dataset says late",
  );
  expect((await stateOf(relabelled)).state).toBe("contradicted");
});

test("a model or a dataset that was swapped is contradicted", async () => {
  const other = await perceptron({ seed: 99 });
  const files = await Promise.all(
    readModel(other.files).files.map(async ({ path, bytes }) => ({
      path,
      bytes: bytes.length,
      sha256: await keep(keeper, bytes),
    })),
  );
  const model = await saved({ model_files: files });
  expect((await repeatEvaluation({ db, keeper }, model)).message).toMatch(/^the score of row 0/);
  const half = csv.subarray(0, csv.indexOf("\n", csv.length / 2));
  const data = await saved({ dataset: hashOf(half) });
  await register(data.model, half);
  expect((await repeatEvaluation({ db, keeper }, data)).message).toMatch(
    /^the number of rows: 500 were saved/,
  );
  const at = await saved();
  await keeper.put(
    keptFilePath(save.model_files[1]!.sha256),
    (async function* () {
      yield Buffer.from("other weights");
    })(),
  );
  expect(await repeatEvaluation({ db, keeper }, at)).toMatchObject({
    state: "contradicted",
    message: expect.stringContaining("was changed after it was saved"),
  });
  await keep(keeper, readModel((await perceptron()).files).files[1]!.bytes);
  await keeper.remove(datasetPath(save.dataset));
  expect(await repeatEvaluation({ db, keeper }, at)).toMatchObject({ state: "failed" });
});

test("evidence about a model that is not the version's says so", async () => {
  const run = await createRun(db, { experimentId: "0" });
  const root = run.artifact_uri.replace(/^mlflow-artifacts:\/+/, "");
  const own = async (seed: number) => {
    for (const { path, bytes } of (await perceptron({ seed })).files) {
      await keeper.put(
        `${root}/model-${seed}/${path}`,
        (async function* () {
          yield bytes;
        })(),
      );
    }
    const at = await saved({}, `${run.artifact_uri}/model-${seed}`);
    const { message } = await repeatEvaluation({ db, keeper }, at);
    return { message, belongs: (await describeEvaluation(db, at)).belongs };
  };
  expect(await own(1)).toMatchObject({ belongs: true, message: expect.not.stringContaining("registered") });
  expect(await own(5)).toMatchObject({
    belongs: false,
    message: expect.stringContaining("The model is not the one registered as version 1"),
  });
});

test("a repetition ends at its limits of time and memory, and is failed", async () => {
  const at = await saved();
  const limits = { timeMs: 100, heapMiB: 512, residentMiB: 4096 };
  expect(await repeatEvaluation({ db, keeper }, at, { limits })).toEqual({
    state: "failed",
    message: "repeating took longer than 0 seconds and was given up: evaluate a smaller sample",
  });
  const small = { timeMs: 60_000, heapMiB: 512, residentMiB: 20 };
  expect(await repeatEvaluation({ db, keeper }, at, { limits: small })).toMatchObject({
    state: "failed",
    message: expect.stringContaining("more than 20 MiB of memory"),
  });
});

test("the queue repeats one after the other, and what is cancelled is left", async () => {
  const [first, second, third] = [await saved(), await saved(), await saved()];
  const repeater = new Repeater({ db, keeper });
  for (const at of [first, second, third]) repeater.add(at);
  expect([first, second, third].map(({ id }) => repeater.standing(id))).toEqual([
    "running",
    "waiting",
    "waiting",
  ]);
  expect(await repeater.cancel(first, actor)).toBe(true);
  expect(await repeater.cancel(third, actor)).toBe(true);
  await repeater.idle();
  expect(await repeater.cancel(third, actor)).toBe(false);
  expect(await stateOf(first)).toEqual({
    state: "unconfirmed",
    check_message: "the repetition was cancelled",
  });
  expect((await stateOf(second)).state).toBe("confirmed");
  expect((await stateOf(third)).state).toBe("unconfirmed");
});
