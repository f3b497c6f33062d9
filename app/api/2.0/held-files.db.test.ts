import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keeperOf } from "@/lib/artifacts/runtime";
import { listEvents } from "@/lib/audit/list";
import { onEachStore } from "@/lib/db/testing";
import { askPromotion } from "@/lib/promotions/ask";
import { decidePromotion } from "@/lib/promotions/decide";
import { savePolicy } from "@/lib/promotions/policy";
import { PolicySave } from "@/lib/promotions/schema";
import { setAlias } from "@/lib/registry/aliases";
import { createModel } from "@/lib/registry/models";
import { transitionStage } from "@/lib/registry/stages";
import { createModelVersion } from "@/lib/registry/versions";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { DELETE, GET, POST, PUT } from "./[...path]/route";
import { ask, KEY, mlflow, reply } from "./testing";

const ada = { actor: "key:ada", person: "key:ada", isPerson: false, isAdminOf: () => true };

onEachStore("the files of a version", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-held-"));
  let runtime: Runtime;
  beforeAll(async () => {
    const settings = readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY, TIDEMARK_DATA_DIR: folder });
    runtime = createRuntime(settings, await fresh());
    installRuntime(runtime);
  });
  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (method: "PUT" | "DELETE", at: string, body: string | null = null) =>
    ask(method === "PUT" ? PUT : DELETE, `/api/2.0/mlflow-artifacts/artifacts/${at}`, { method, body });
  const put = (at: string, body = "other weights") => send("PUT", at, body);
  const statusOf = async (answer: Promise<Response>) => (await answer).status;
  const textOf = async (at: string) => (await ask(GET, `/api/2.0/mlflow-artifacts/artifacts/${at}`)).text();
  const startRun = async () => {
    type Run = { run: { info: { run_id: string } } };
    const made = await reply<Run>(mlflow("POST", "runs/create", { experiment_id: "0", start_time: 1 }));
    return made.run.info.run_id;
  };

  /** A version whose files lie in a folder, and a policy over Production and the champion. */
  async function make(model: string, source: string, at: string) {
    expect(await statusOf(put(`${at}/model.bin`, "weights"))).toBe(200);
    await createModel(runtime.db, { model }, ada);
    await createModelVersion(runtime.db, { model, source }, ada);
  }
  const protect = (model: string) =>
    savePolicy(
      runtime.db,
      model,
      PolicySave.parse({
        revision: 0,
        targets: [
          { kind: "stage", name: "Production", approvals: 1, gates: [] },
          { kind: "alias", name: "champion", approvals: 1, gates: [] },
        ],
      }),
      "key:root",
    );
  const refused = async (answer: Promise<Response>, why: RegExp) => {
    const response = await answer;
    expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({
      status: 403,
      error_code: "PERMISSION_DENIED",
      message: expect.stringMatching(why),
    });
  };

  test("in a protected stage are neither replaced, added to nor erased; what lies beside goes on", async () => {
    const run = await startRun();
    const root = `0/${run}/artifacts`;
    await make("staged", `runs:/${run}/model`, `${root}/model`);
    await transitionStage(runtime.db, { model: "staged", version: "1" }, { stage: "Production" }, ada);
    // Without a policy nothing is held.
    expect(await statusOf(put(`${root}/model/model.bin`, "weights"))).toBe(200);
    await protect("staged");
    const why = /version 1 of staged holds Production, .*policy protects.*register a new version/;
    await refused(put(`${root}/model/model.bin`), why);
    await refused(put(`${root}/MODEL/model.bin`), why);
    await refused(put(`${root}/model/deep/new.bin`), why);
    const upload = `/api/2.0/mlflow/upload-artifact?run_uuid=${run}&path=${encodeURIComponent("model/model.bin")}`;
    await refused(ask(POST, upload, { method: "POST", body: "other weights" }), why);
    for (const at of [`${root}/model/model.bin`, `${root}/model`, root, "0"])
      await refused(send("DELETE", at), why);
    expect(await textOf(`${root}/model/model.bin`)).toBe("weights");
    expect(await statusOf(put(`${root}/model-2/model.bin`))).toBe(200);
    expect(await statusOf(put(`${root}/notes.txt`))).toBe(200);
    expect(await statusOf(send("DELETE", `${root}/notes.txt`))).toBe(200);
  });

  test("with a protected alias, or asked for, are held until that ends", async () => {
    await make("asked", "mlflow-artifacts:/models/asked", "models/asked");
    await setAlias(runtime.db, { model: "asked", version: "1" }, "champion", ada);
    await protect("asked");
    await refused(put("models/asked/model.bin"), /holds the alias champion/);
    await make("waits", "mlflow-artifacts:/models/waits", "models/waits");
    await protect("waits");
    const from = { db: runtime.db, keeper: keeperOf(runtime) };
    const { promotion_id } = await askPromotion(
      from,
      {
        ...{ model: "waits", version: "1", reason: "better", archive_existing_versions: true },
        target: { kind: "stage", name: "Production" },
      },
      ada,
    );
    await refused(put("models/waits/model.bin"), new RegExp(`is asked for at .*/promotions/${promotion_id}`));
    await decidePromotion(from, promotion_id, { deed: "withdraw", words: "a mistake" }, ada);
    expect(await statusOf(put("models/waits/model.bin"))).toBe(200);
  });

  test("are not replaced by an upload that began before they were held", async () => {
    await make("slow", "mlflow-artifacts:/models/slow", "models/slow");
    await setAlias(runtime.db, { model: "slow", version: "1" }, "champion", ada);
    const body = new ReadableStream({
      async start(sink) {
        sink.enqueue(Buffer.from("other "));
        await protect("slow");
        sink.enqueue(Buffer.from("weights"));
        sink.close();
      },
    });
    const init = { method: "PUT", body, duplex: "half" } as RequestInit;
    await refused(
      ask(PUT, "/api/2.0/mlflow-artifacts/artifacts/models/slow/model.bin", init),
      /holds the alias champion/,
    );
    expect(await textOf("models/slow/model.bin")).toBe("weights");
  });

  test("of a folder that holds a whole experiment keep nobody else's runs from going on", async () => {
    await make("wide", "mlflow-artifacts:/", "wide");
    await transitionStage(runtime.db, { model: "wide", version: "1" }, { stage: "Production" }, ada);
    await protect("wide");
    const run = await startRun();
    expect(await statusOf(put(`0/${run}/artifacts/a.txt`))).toBe(200);
  });

  test("that an administrator erases are in the audit log", async () => {
    await put("loose/a b.txt");
    expect(await statusOf(send("DELETE", "loose/a%20b.txt"))).toBe(200);
    expect(await statusOf(send("DELETE", "loose/a%20b.txt"))).toBe(404);
    const { events } = await listEvents(runtime.db, { action: "artifact.delete", limit: 50 });
    const of = events.filter(({ subject }) => subject === "artifact:loose/a b.txt");
    expect(of).toMatchObject([{ actor: "bootstrap-key", before: { path: "loose/a b.txt" }, after: null }]);
  });
});
