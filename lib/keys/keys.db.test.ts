import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { authenticateKey, forgetKeys } from "./authenticate";
import { createKey } from "./create";
import { listKeys } from "./list";
import { revokeKey } from "./revoke";

onEachStore("keys", (fresh) => {
  let store: TestStore;
  let runtime: Runtime;
  beforeAll(async () => {
    store = await fresh();
    runtime = createRuntime(readSettings({}), store);
  });

  test("a made key authenticates, a revoked one does not", async () => {
    const { key, secret } = await createKey(
      store.db,
      { name: "logger", scopes: ["ingest", "ingest"] },
      "cli",
    );
    expect(await authenticateKey(runtime, secret)).toMatchObject({
      key: { name: "logger", scopes: ["ingest"], person: null, expires_at: null },
      person: null,
    });
    const revoked = await revokeKey(store.db, key.id, "cli");
    expect(revoked.revoked_at).not.toBeNull();
    forgetKeys(runtime);
    await expect(authenticateKey(runtime, secret)).rejects.toMatchObject({ code: "unauthenticated" });
    // Its use is noted in the background, perhaps only now.
    const again = await revokeKey(store.db, key.id, "cli");
    expect({ ...again, last_used_at: null }).toEqual({ ...revoked, last_used_at: null });
  });

  test("the store holds no secret", async () => {
    const { secret } = await createKey(store.db, { name: "hidden", scopes: ["read"] }, "cli");
    const held = JSON.stringify([
      await rows(store.db, sql`SELECT * FROM api_key`),
      await rows(store.db, sql`SELECT * FROM audit_event`),
    ]);
    expect(held).not.toContain(secret);
    expect(JSON.stringify(await listKeys(store.db))).not.toContain(secret);
  });

  test("a key's use is noted", async () => {
    const { key, secret } = await createKey(store.db, { name: "used", scopes: ["read"] }, "cli");
    await authenticateKey(runtime, secret);
    await expect
      .poll(async () => (await listKeys(store.db)).keys.find((each) => each.id === key.id)?.last_used_at)
      .not.toBeNull();
  });

  test("making and revoking are audited once each", async () => {
    const { key } = await createKey(store.db, { name: "watched", scopes: ["admin"] }, "page");
    await revokeKey(store.db, key.id, "key:boss");
    await revokeKey(store.db, key.id, "key:boss");
    const events = await rows(
      store.db,
      sql`SELECT actor, action FROM audit_event WHERE subject = ${`key:${key.id}`} ORDER BY event_id`,
    );
    expect(events).toEqual([
      { actor: "page", action: "key.create" },
      { actor: "key:boss", action: "key.revoke" },
    ]);
  });

  test("an id that no key has is not found", async () => {
    await expect(revokeKey(store.db, "nope", "cli")).rejects.toMatchObject({ code: "not_found" });
  });
});
