import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keeper } from "@/lib/artifacts/keeper";
import { localKeeper } from "@/lib/artifacts/local";
import { uploadDataset } from "@/lib/datasets/upload";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { computeEvaluation } from "@/lib/evaluate/compute";
import type { Outcomes } from "@/lib/evaluate/input";
import { encodeOutcome } from "@/lib/evaluate/outcome";
import { checkAs, hashOf, keep, madeUp } from "@/lib/evaluations/evidence.fixture";
import { saveEvaluation } from "@/lib/evaluations/save";
import { createModel } from "@/lib/registry/models";
import { transitionStage } from "@/lib/registry/stages";
import { createModelVersion } from "@/lib/registry/versions";
import { checkGates } from "./check";
import { compareWithChampion } from "./comparison";
import type { From } from "./gather";
import { savePolicy } from "./policy";
import { PolicySave } from "./schema";

const ada = { actor: "key:ada" };

/** 400 rows of two carriers: the challenger errs less on AA, and more on UA. */
const ROWS = 400;
const carrier = (i: number) => (i % 4 === 0 ? "UA" : "AA");
const label = (i: number) => Number(i % 3 === 0);
const csv = `carrier,late\n${Array.from({ length: ROWS }, (_, i) => `${carrier(i)},${label(i)}`).join("\n")}\n`;
const scores = (errs: (i: number) => boolean) =>
  Float64Array.from({ length: ROWS }, (_, i) => {
    const sure = 0.6 + ((i * 37) % 100) / 400;
    return (label(i) === 1) === !errs(i) ? sure : 1 - sure;
  });
const outcome = (errs: (i: number) => boolean): Outcomes => ({
  task: "binary",
  classes: ["0", "1"],
  positive: 1,
  labels: Float64Array.from({ length: ROWS }, (_, i) => label(i)),
  scores: scores(errs),
  threshold: 0.5,
});

onEachStore("the champion's gate", (fresh) => {
  let store: TestStore;
  let keeper: Keeper;
  let from: From;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-pairs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    store = await fresh();
    keeper = localKeeper(folder);
    from = { db: store.db, keeper };
    await createModel(store.db, { model: "flights" }, ada);
    for (const part of ["a", "b"])
      await createModelVersion(store.db, { model: "flights", source: `s3://models/${part}` }, ada);
    await transitionStage(store.db, { model: "flights", version: "1" }, { stage: "Production" }, ada);
    await register();
    await evaluate("1", (i) => i % 5 === 0);
    await evaluate("2", (i) => (carrier(i) === "UA" ? i % 2 === 0 : i % 25 === 1));
  });

  async function register() {
    const content = (async function* () {
      yield new TextEncoder().encode(csv);
    })();
    await uploadDataset(
      from,
      { model: "flights", sha256: hashOf(csv) },
      { name: "june.csv", content },
      "key:ada",
    );
  }

  async function evaluate(version: string, errs: (i: number) => boolean) {
    const at = { model: "flights", version };
    const outcomes = outcome(errs);
    const dictionary = ["AA", "UA"];
    const codes = Int32Array.from({ length: ROWS }, (_, i) => dictionary.indexOf(carrier(i)));
    const report = await computeEvaluation(outcomes, {
      columns: [{ kind: "categorical", name: "carrier", codes, dictionary }],
      slices: { depth: 1, minimumN: 10 },
    });
    const save = {
      ...(await madeUp(keeper)),
      dataset: hashOf(csv),
      report,
      outcome: await keep(keeper, encodeOutcome(outcomes)),
    };
    const { evaluation_id: id } = await saveEvaluation(from, at, save, "key:ada");
    await checkAs(store.db, { ...at, id }, save, "confirmed");
  }

  test("compares the same rows in pairs, over all and slice by slice", async () => {
    const gate = { kind: "champion", metric: "accuracy", absolute: 0.01 };
    const gates = [gate, { ...gate, each: "carrier" }, { ...gate, metric: "auc" }];
    const targets = [{ kind: "stage", name: "Production", approvals: 1, gates }];
    await savePolicy(store.db, "flights", PolicySave.parse({ revision: 0, targets }), "key:ada");
    const check = await checkGates(
      from,
      { model: "flights", version: "2" },
      { kind: "stage", name: "Production" },
    );
    const [overall, each, auc] = check.gates;
    // Of 400 rows the champion errs in 80. The challenger errs in all 100 of UA (each multiple of 4 is even) and in 12 of AA.
    const challenger = Array.from({ length: ROWS }, (_, i) =>
      Number(carrier(i) === "UA" ? i % 2 === 0 : i % 25 === 1),
    ).reduce((sum, each) => sum + each, 0);
    expect(overall!.value).toBeCloseTo((80 - challenger) / ROWS, 12);
    expect(overall!.interval![0]).toBeLessThan(overall!.value!);
    expect(overall).toMatchObject({ passed: false });
    expect(each!.passed).toBe(false);
    // UA: the champion errs where i is a multiple of 20, 20 of 100; the challenger in all.
    expect(each!.slices.find(({ slice }) => slice === "carrier = UA")).toMatchObject({
      passed: false,
      n: 100,
      value: expect.closeTo(-0.8, 12),
    });
    expect(each!.slices.find(({ slice }) => slice === "carrier = AA")).toMatchObject({
      passed: true,
      n: 300,
    });
    expect(auc!.value).not.toBeNull();
    expect(check.evidence).toHaveLength(2);
  });

  test("and the review shows the differences with their intervals", async () => {
    const [evaluation] = await compareWithChampion(from, { model: "flights", version: "2", champion: "1" });
    expect(evaluation).toMatchObject({ title: "Evaluation", note: expect.stringContaining("400 rows") });
    const accuracy = evaluation!.rows.find(({ name }) => name === "accuracy");
    expect(accuracy).toMatchObject({ champion: 0.8, better: "champion" });
    expect(accuracy!.difference!.interval).not.toBeNull();
  });
});
