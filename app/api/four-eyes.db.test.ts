import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as approveRoute from "@/app/api/v1/promotions/[id]/approve/route";
import * as refuseRoute from "@/app/api/v1/promotions/[id]/refuse/route";
import * as promotionRoute from "@/app/api/v1/promotions/[id]/route";
import * as withdrawRoute from "@/app/api/v1/promotions/[id]/withdraw/route";
import * as askRoute from "@/app/api/v1/promotions/route";
import { onEachStore } from "@/lib/db/testing";
import type { RouteHandler } from "@/lib/http/handle";
import { createKey } from "@/lib/keys/create";
import { makeDemoPeople } from "@/lib/people/demo";
import { listPeople } from "@/lib/people/list";
import type { Role } from "@/lib/people/roles";
import { savePolicy } from "@/lib/promotions/policy";
import { PolicySave } from "@/lib/promotions/schema";
import { createModel } from "@/lib/registry/models";
import { createModelVersion } from "@/lib/registry/versions";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

const BOOTSTRAP = "bootstrap-key-of-the-tests";

onEachStore("who decides about a promotion", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-four-eyes-"));
  const people = {} as Record<Role, string>;
  let runtime: Runtime;
  let id = "";
  let models = 0;

  beforeAll(async () => {
    const settings = { TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP, TIDEMARK_DATA_DIR: folder };
    runtime = createRuntime(readSettings(settings), await fresh());
    installRuntime(runtime);
    await makeDemoPeople(runtime);
    for (const person of (await listPeople(runtime)).people) people[person.role] = person.id;
  });
  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(handler: RouteHandler, address: string, secret: string, body?: object) {
    const reply = await handler(
      new Request(`http://127.0.0.1:3000/api/v1/promotions${address}`, {
        method: body ? "POST" : "GET",
        headers: {
          host: "127.0.0.1:3000",
          authorization: `Bearer ${secret}`,
          "content-type": "application/json",
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    return { status: reply.status, body: await reply.json() };
  }
  const keyOf = async (person: Role | null) =>
    (await createKey(runtime.db, { name: "a key", scopes: ["admin"] }, "cli", person && people[person]))
      .secret;
  const approve = (secret: string) => send(approveRoute.POST, `/${id}/approve`, secret, { words: "good" });
  const refuse = (secret: string) => send(refuseRoute.POST, `/${id}/refuse`, secret, { words: "bad" });

  /** A reviewer has asked. */
  beforeEach(async () => {
    const model = `flights-${models++}`;
    await createModel(runtime.db, { model }, { actor: "cli" });
    await createModelVersion(runtime.db, { model, source: "s3://models/a" }, { actor: "cli" });
    const target = { kind: "stage", name: "Production" };
    const targets = [{ ...target, approvals: 1, gates: [] }];
    await savePolicy(runtime.db, model, PolicySave.parse({ revision: 0, targets }), "cli");
    const ask = { model, version: "1", target, reason: "better" };
    const asked = await send(askRoute.POST, "", await keyOf("reviewer"), ask);
    expect(asked.status).toBe(200);
    id = asked.body.promotion_id;
  });

  test("a service's key does not, whatever its scope, and the bootstrap key does not", async () => {
    for (const secret of [await keyOf(null), BOOTSTRAP]) {
      for (const deed of [approve, refuse])
        expect(await deed(secret)).toMatchObject({
          status: 403,
          body: {
            error: {
              message: expect.stringMatching(
                /belongs to no person.*somebody who is reviewer.*key of their own/,
              ),
            },
          },
        });
      expect(await send(promotionRoute.GET, `/${id}`, secret)).toMatchObject({
        body: { state: "open", may: { approve: false, refuse: false, withdraw: true } },
      });
    }
    const withdrawn = await send(withdrawRoute.POST, `/${id}/withdraw`, BOOTSTRAP, { words: "cleaning up" });
    expect(withdrawn).toMatchObject({ status: 200, body: { state: "withdrawn" } });
  });

  test("a person's own key does, of another person than who asked", async () => {
    expect(await approve(await keyOf("reviewer"))).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringContaining("somebody else has to approve") } },
    });
    expect(await approve(await keyOf("admin"))).toMatchObject({ status: 200, body: { state: "promoted" } });
  });
});
