import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keeper } from "@/lib/artifacts/keeper";
import { localKeeper } from "@/lib/artifacts/local";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import type { NamedBytes } from "@/lib/evaluate/model-files";
import { perceptron } from "@/lib/evaluate/models.fixture";
import { checkAs, keep, madeUp } from "@/lib/evaluations/evidence.fixture";
import { saveEvaluation } from "@/lib/evaluations/save";
import type { EvaluationState, ModelFileRef } from "@/lib/evaluations/schema";
import { createModel } from "@/lib/registry/models";
import { transitionStage } from "@/lib/registry/stages";
import { createModelVersion } from "@/lib/registry/versions";
import { checkGates } from "./check";
import { compareWithChampion } from "./comparison";
import type { From } from "./gather";
import { savePolicy } from "./policy";
import { PolicySave } from "./schema";

const ada = { actor: "key:ada" };
const PRODUCTION = { kind: "stage", name: "Production" } as const;

onEachStore("the evidence that gates count", (fresh) => {
  let store: TestStore;
  let keeper: Keeper;
  let from: From;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-evidence-"));
  /** Three models of one shape, told apart by their weights. */
  const models: NamedBytes[][] = [];

  beforeAll(async () => {
    store = await fresh();
    keeper = localKeeper(folder);
    from = { db: store.db, keeper };
    for (const seed of [10, 20, 30]) models.push((await perceptron({ seed })).files);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function put(model: string, version: string, files: readonly NamedBytes[]) {
    for (const { path, bytes } of files)
      await keeper.put(
        `0/${model}-${version}/artifacts/model/${path}`,
        (async function* () {
          yield bytes;
        })(),
      );
  }

  /** Two versions whose files lie here, the first in Production; a metric's gate and one against the champion. */
  async function make(model: string) {
    await createModel(store.db, { model }, ada);
    for (const version of ["1", "2"]) {
      await put(model, version, models[Number(version) - 1]!);
      const source = `mlflow-artifacts:/0/${model}-${version}/artifacts/model`;
      await createModelVersion(store.db, { model, source }, ada);
    }
    await transitionStage(store.db, { model, version: "1" }, { stage: "Production" }, ada);
    const gates = [
      { kind: "metric", metric: "accuracy", at_least: 0.5 },
      { kind: "champion", metric: "accuracy", absolute: 0 },
      { kind: "evidence" },
    ];
    const targets = [{ ...PRODUCTION, approvals: 1, gates }];
    await savePolicy(store.db, model, PolicySave.parse({ revision: 0, targets }), "key:ada");
  }

  /** Saved as evidence of a version; the server's repetition, where there is a state, has come to it. */
  async function evaluate(
    model: string,
    version: string,
    files: readonly NamedBytes[],
    state: EvaluationState | null,
  ) {
    const model_files: ModelFileRef[] = [];
    for (const { path, bytes } of files)
      model_files.push({ path, bytes: bytes.length, sha256: await keep(keeper, bytes) });
    const made = { ...(await madeUp(keeper)), format: "tfjs-layers" as const, model_files };
    const { evaluation_id: id } = await saveEvaluation(from, { model, version }, made, "key:ada");
    if (state) await checkAs(store.db, { model, version, id }, made, state);
  }

  const judged = async (model: string) => {
    const { gates, evidence } = await checkGates(from, { model, version: "2" }, PRODUCTION);
    return { passed: gates.map(({ passed }) => passed), why: gates.map(({ why }) => why), evidence };
  };
  const all = (why: RegExp) => [1, 2, 3].map(() => expect.stringMatching(why));
  const FAIL = [false, false, false];

  test("confirmed, of the registered files, on both sides: it counts", async () => {
    await make("honest");
    await evaluate("honest", "1", models[0]!, "confirmed");
    await evaluate("honest", "2", models[1]!, "confirmed");
    const { passed, evidence } = await judged("honest");
    expect(passed).toEqual([true, true, true]);
    expect(evidence).toMatchObject([
      { version: "2", belongs: true },
      { version: "1", belongs: true },
    ]);
  });

  test.each([
    ["unconfirmed", null, /version 2 is not confirmed yet/],
    ["contradicted", "contradicted", /version 2 was contradicted when the server repeated it/],
    ["failed", "failed", /could not repeat the evaluation of version 2/],
  ] as const)("%s evidence fails each gate", async (model, state, why) => {
    await make(model);
    await evaluate(model, "1", models[0]!, "confirmed");
    await evaluate(model, "2", models[1]!, state);
    expect(await judged(model)).toEqual({ passed: FAIL, why: all(why), evidence: [] });
    // Nor is it shown beside the champion as if it were known.
    const [section] = await compareWithChampion(from, { model, version: "2", champion: "1" });
    expect(section!.title).not.toBe("Evaluation");
  });

  test("confirmed evidence of another model's files fails each gate", async () => {
    await make("foreign");
    await evaluate("foreign", "1", models[0]!, "confirmed");
    await evaluate("foreign", "2", models[2]!, "confirmed");
    expect(await judged("foreign")).toEqual({
      passed: FAIL,
      why: all(/version 2 is of other files than those registered/),
      evidence: [],
    });
  });

  test("evidence of files that were replaced after it was saved fails each gate", async () => {
    await make("replaced");
    await evaluate("replaced", "1", models[0]!, "confirmed");
    await evaluate("replaced", "2", models[1]!, "confirmed");
    expect((await judged("replaced")).passed).toEqual([true, true, true]);
    await put("replaced", "2", models[2]!);
    expect(await judged("replaced")).toEqual({
      passed: FAIL,
      why: all(/version 2 is of other files than those registered/),
      evidence: [],
    });
    await keeper.remove("0/replaced-2/artifacts/model");
    expect((await judged("replaced")).passed).toEqual(FAIL);
    await put("replaced", "2", models[1]!);
    expect((await judged("replaced")).passed).toEqual([true, true, true]);
  });

  test("files that lie here and are no single model that could be evaluated are other files", async () => {
    await make("several");
    await keeper.remove("0/several-2/artifacts/model");
    await evaluate("several", "1", models[0]!, "confirmed");
    await evaluate("several", "2", models[1]!, "confirmed");
    expect((await judged("several")).passed).toEqual(FAIL);
    await put("several", "2", [{ path: "model.pkl", bytes: new TextEncoder().encode("a pickle") }]);
    expect(await judged("several")).toMatchObject({
      passed: FAIL,
      why: all(/version 2 is of other files than those registered/),
    });
  });

  test("of the champion, too: what it is compared with has to be its own", async () => {
    await make("champion");
    await evaluate("champion", "1", models[2]!, "confirmed");
    await evaluate("champion", "2", models[1]!, "confirmed");
    const { passed, why } = await judged("champion");
    expect(passed).toEqual([true, false, true]);
    expect(why[1]).toMatch(/version 1 is of other files than those registered/);
    await evaluate("champion", "1", models[0]!, "contradicted");
    expect((await judged("champion")).passed).toEqual([true, false, true]);
    await evaluate("champion", "1", models[0]!, "confirmed");
    expect((await judged("champion")).passed).toEqual([true, true, true]);
  });
});
