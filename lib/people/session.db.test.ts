import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { createRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { authOf } from "./auth";
import { makeDemoPeople } from "./demo";
import { listPeople } from "./list";
import { findSignedIn } from "./session";
import { forgetEnded, selectSessions } from "./session-store";

const DAY_MS = 24 * 60 * 60 * 1000;

onEachStore("a session", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-session-"));
  let runtime: Runtime;
  let personId: string;
  beforeAll(async () => {
    runtime = createRuntime(readSettings({ TIDEMARK_DATA_DIR: folder }), await fresh());
    await makeDemoPeople(runtime);
    personId = (await listPeople(runtime)).people[0]!.id;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function begin(settings: Record<string, string> = {}, host = "127.0.0.1:3000") {
    const own = createRuntime(readSettings({ TIDEMARK_DATA_DIR: folder, ...settings }), runtime.store);
    const { headers } = await authOf(own).api.startSession({
      body: { personId },
      headers: new Headers({ host }),
      returnHeaders: true,
    });
    const [cookie] = headers.getSetCookie();
    return { cookie: cookie!, headers: new Headers({ host, cookie: cookie!.split(";", 1)[0]! }) };
  }
  const is = async (headers: Headers) => (await findSignedIn(runtime, headers)) !== null;
  const pass = (days: number) =>
    rows(
      runtime.db,
      sql`UPDATE person_session SET created_at = created_at - ${days} * interval '1 day',
        updated_at = updated_at - ${days} * interval '1 day', expires_at = expires_at - ${days} * interval '1 day'`,
    );

  test("has a cookie that no script reads, that other sites' requests do not carry, and that https keeps to itself", async () => {
    const { cookie } = await begin();
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(Number(/Max-Age=(\d+)/i.exec(cookie)![1])).toBe(60 * 24 * 60 * 60);
    expect(cookie).not.toMatch(/; Secure/i);
    const secure = await begin({ TIDEMARK_URL: "https://tidemark.example" }, "tidemark.example");
    expect(secure.cookie).toMatch(/^__Secure-.*; Secure/i);
  });

  test("lasts on while it is used, to its longest and no longer", async () => {
    const { headers } = await begin();
    for (let day = 13; day < 60; day += 13) {
      await pass(13);
      expect(await is(headers), `day ${day}`).toBe(true);
    }
    await pass(7);
    expect(await is(headers), "day 59").toBe(true);
    await pass(2);
    expect(await is(headers), "day 61").toBe(false);
  });

  test("ends when nobody uses it for two weeks, and is forgotten", async () => {
    await rows(runtime.db, sql`DELETE FROM person_session`);
    const { headers } = await begin();
    await pass(13.9);
    const [listed] = await selectSessions(runtime.db, personId);
    expect(Date.parse(listed!.expires_at) - Date.now()).toBeLessThan(0.2 * DAY_MS);
    expect(await forgetEnded(runtime.db)).toBe(0);
    await pass(0.2);
    expect(await is(headers)).toBe(false);
    expect(await selectSessions(runtime.db, personId)).toEqual([]);
    expect(await forgetEnded(runtime.db)).toBe(1);
  });

  test("is written down as used once an hour at most", async () => {
    const { headers } = await begin();
    const used = async () =>
      (
        await rows<{ at: string }>(
          runtime.db,
          sql`SELECT updated_at::text AS at FROM person_session ORDER BY created_at DESC LIMIT 1`,
        )
      )[0]!.at;
    const first = await used();
    await is(headers);
    expect(await used()).toBe(first);
    await pass(0.1);
    const earlier = await used();
    await is(headers);
    expect(await used()).not.toBe(earlier);
  });
});
