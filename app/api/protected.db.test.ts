import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATCH as patchVersion } from "@/app/api/v1/models/[model]/versions/[version]/route";
import { keeperOf } from "@/lib/artifacts/runtime";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createKey } from "@/lib/keys/create";
import { serveMlflow } from "@/lib/mlflow/serve";
import { askPromotion } from "@/lib/promotions/ask";
import { savePolicy } from "@/lib/promotions/policy";
import { PolicySave } from "@/lib/promotions/schema";
import { createModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { createRuntime, installRuntime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

onEachStore("MLflow's calls", (fresh) => {
  let store: TestStore;
  let authorization: string;
  let runtime: ReturnType<typeof createRuntime>;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-protected-"));

  beforeAll(async () => {
    store = await fresh();
    runtime = createRuntime(readSettings({ TIDEMARK_DATA_DIR: folder }), store);
    installRuntime(runtime);
    authorization = `Bearer ${(await createKey(store.db, { name: "ci", scopes: ["admin"] }, "cli")).secret}`;
    await createModel(store.db, { model: "flights" }, { actor: "key:ci" });
    for (const part of ["a", "b"])
      await createModelVersion(
        store.db,
        { model: "flights", source: `s3://models/${part}` },
        { actor: "key:ci" },
      );
    const targets = [
      { kind: "stage", name: "Production", approvals: 1, gates: [] },
      { kind: "alias", name: "champion", approvals: 1, gates: [] },
    ];
    await savePolicy(store.db, "flights", PolicySave.parse({ revision: 0, targets }), "key:ci");
  });
  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  const call = async (method: "POST" | "DELETE", address: string, body: object) => {
    const reply = await serveMlflow(
      method,
      "/api/2.0",
    )(
      new Request(`http://127.0.0.1:3000/api/2.0/mlflow${address}`, {
        method,
        headers: { host: "127.0.0.1:3000", authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  const at = { name: "flights", version: "1" };
  const denied = (url: string) => ({
    status: 403,
    body: {
      error_code: "PERMISSION_DENIED",
      message: expect.stringContaining(`http://127.0.0.1:3000${url}`),
    },
  });

  test("are told where to ask, and once it is asked for, where it waits", async () => {
    const move = () => call("POST", "/model-versions/transition-stage", { ...at, stage: "Production" });
    expect(await move()).toMatchObject(denied("/models/flights/1/promote?stage=Production"));
    const { url } = await askPromotion(
      { db: store.db, keeper: keeperOf(runtime) },
      {
        model: "flights",
        version: "1",
        target: { kind: "stage", name: "Production" },
        reason: "better",
        archive_existing_versions: true,
      },
      { actor: "key:ci", person: "key:ci", isPerson: false, isAdminOf: () => true },
    );
    expect(await move()).toMatchObject(denied(url));
  });

  test("can neither point, take nor rename around the policy", async () => {
    expect(await call("POST", "/registered-models/alias", { ...at, alias: "champion" })).toMatchObject(
      denied("/models/flights/1/promote?alias=champion"),
    );
    expect(
      await call("POST", "/registered-models/rename", { name: "flights", new_name: "free" }),
    ).toMatchObject(denied("/promotions/policy?model=flights"));
    expect(await call("DELETE", "/registered-models/delete", { name: "flights" })).toMatchObject({
      status: 403,
    });
    // What nothing protects goes on as before.
    expect(await call("POST", "/model-versions/transition-stage", { ...at, stage: "Staging" })).toMatchObject(
      { status: 200 },
    );
  });

  test("and Tidemark's own say the same in their shape", async () => {
    const reply = await patchVersion(
      new Request("http://127.0.0.1:3000/api/v1/models/flights/versions/2", {
        method: "PATCH",
        headers: { host: "127.0.0.1:3000", authorization, "content-type": "application/json" },
        body: JSON.stringify({ stage: "Production" }),
      }),
    );
    expect(reply.status).toBe(403);
    const url = "http://127.0.0.1:3000/models/flights/2/promote?stage=Production";
    expect(await reply.json()).toMatchObject({
      error: { code: "forbidden", message: expect.stringContaining(url), details: [{ url }] },
    });
  });

  test("name the server's own address where it is set", async () => {
    installRuntime(
      createRuntime(
        readSettings({ TIDEMARK_DATA_DIR: folder, TIDEMARK_URL: "https://tidemark.example.org" }),
        store,
      ),
    );
    const refused = await call("POST", "/registered-models/alias", { ...at, alias: "champion" });
    installRuntime(runtime);
    expect(refused.body.message).toContain(
      "https://tidemark.example.org/models/flights/1/promote?alias=champion",
    );
    expect(refused.body.message).not.toContain("127.0.0.1");
  });
});
