import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepBySha256 } from "@/lib/artifacts/by-sha256";
import type { Keeper } from "@/lib/artifacts/keeper";
import { localKeeper } from "@/lib/artifacts/local";
import { listEvents } from "@/lib/audit/list";
import { type Database, rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { createModel } from "@/lib/registry/models";
import { createModelVersion, deleteModelVersion } from "@/lib/registry/versions";
import { describeEvaluation, readModelFile, readOutcome } from "./describe";
import { hashOf, madeUp, OUTCOMES } from "./evidence.fixture";
import { keptFilePath } from "./kept-files";
import { listEvaluations } from "./list";
import { saveEvaluation } from "./save";
import { selectUnchecked, updateCheck } from "./store";

const ada = { actor: "person:ada@example.org" };

onEachStore("evaluations", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-evaluations-"));
  const keeper: Keeper = localKeeper(folder);
  let db: Database;
  beforeAll(async () => {
    db = (await fresh()).db;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const make = async (model: string) => {
    await createModel(db, { model }, ada);
    await createModelVersion(db, { model, source: "s3://elsewhere/model" }, ada);
    return { model, version: "1" };
  };

  test("a saved evaluation is listed and read back, outcome and all", async () => {
    const at = await make("kept");
    const save = await madeUp(keeper);
    const saved = await saveEvaluation({ db, keeper }, at, save, ada.actor);
    expect(saved).toMatchObject({
      ...at,
      dataset: save.dataset,
      model_sha256: hashOf("a model"),
      registered_sha256: null,
      belongs: null,
      state: "unconfirmed",
      created_by: ada.actor,
      n: 3,
      report: save.report,
      mapping: save.mapping,
    });
    const [listed] = await listEvaluations(db, at);
    expect(saved).toMatchObject(listed!);
    expect(await describeEvaluation(db, { ...at, id: saved.evaluation_id })).toEqual(saved);
    expect(await readOutcome({ db, keeper }, { ...at, id: saved.evaluation_id })).toEqual(OUTCOMES);
    const { events } = await listEvents(db, { limit: 1, subject: "version:kept/1" });
    expect(events[0]).toMatchObject({ action: "evaluation.save", actor: ada.actor });
  });

  test("the model's files are read as they were evaluated, and no other kept file is", async () => {
    const at = await make("read");
    const save = await madeUp(keeper);
    const { evaluation_id: id } = await saveEvaluation({ db, keeper }, at, save, ada.actor);
    const [file] = save.model_files;
    const bytes = await readModelFile({ db, keeper }, { ...at, id }, file!.sha256);
    expect(bytes.toString()).toBe("a model");
    await expect(readModelFile({ db, keeper }, { ...at, id }, save.outcome)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining(file!.sha256),
    });
  });

  test("only what a check has shown changes afterwards", async () => {
    const at = await make("checked");
    const { evaluation_id: id } = await saveEvaluation({ db, keeper }, at, await madeUp(keeper), ada.actor);
    expect(await selectUnchecked(db)).toContainEqual({ ...at, id });
    await updateCheck(
      db,
      { ...at, id },
      { state: "contradicted", message: "row 3: 0.25, not 0.5" },
      "server",
    );
    expect(await describeEvaluation(db, { ...at, id })).toMatchObject({
      state: "contradicted",
      check_message: "row 3: 0.25, not 0.5",
      checked_at: expect.stringMatching(/Z$/),
    });
    expect(await selectUnchecked(db)).not.toContainEqual({ ...at, id });
    await expect(rows(db, sql`UPDATE evaluation SET report = '{}'`)).rejects.toThrow(/only ever added/);
  });

  test("files are kept by what is in them, and refused when they are changed afterwards", async () => {
    const at = await make("tampered");
    const save = await madeUp(keeper);
    const other = hashOf("other");
    const wrong = keepBySha256(
      keeper,
      { path: keptFilePath(other), sha256: other },
      (async function* () {
        yield Buffer.from("bytes");
      })(),
    );
    await expect(wrong).rejects.toThrow(/SHA-256 is .* the address says/);
    await keeper.put(
      keptFilePath(save.outcome),
      (async function* () {
        yield Buffer.from("forged");
      })(),
    );
    await expect(saveEvaluation({ db, keeper }, at, save, ada.actor)).rejects.toThrow(/was changed after/);
    await madeUp(keeper);
    await expect(
      saveEvaluation({ db, keeper }, at, { ...save, outcome: hashOf("nothing") }, ada.actor),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      saveEvaluation({ db, keeper }, at, { ...save, report: { ...save.report, n: 5 } }, ada.actor),
    ).rejects.toThrow(/the outcome has 4 rows/);
  });

  test("evaluations go with their version", async () => {
    const at = await make("gone");
    const { evaluation_id: id } = await saveEvaluation({ db, keeper }, at, await madeUp(keeper), ada.actor);
    await expect(describeEvaluation(db, { ...(await make("other")), id })).rejects.toMatchObject({
      code: "not_found",
    });
    await deleteModelVersion(db, at, ada);
    await expect(listEvaluations(db, at)).rejects.toMatchObject({ code: "not_found" });
  });
});
