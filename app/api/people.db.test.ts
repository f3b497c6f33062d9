import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as signInRoute from "@/app/api/auth/sign-in/route";
import * as signOutRoute from "@/app/api/auth/sign-out/route";
import * as keyRoute from "@/app/api/v1/keys/[id]/route";
import * as keysRoute from "@/app/api/v1/keys/route";
import * as passwordRoute from "@/app/api/v1/me/password/route";
import * as meRoute from "@/app/api/v1/me/route";
import * as modelsRoute from "@/app/api/v1/models/route";
import * as resetRoute from "@/app/api/v1/people/[person]/reset/route";
import * as personRoute from "@/app/api/v1/people/[person]/route";
import * as signOutAllRoute from "@/app/api/v1/people/[person]/sign-out/route";
import * as peopleRoute from "@/app/api/v1/people/route";
import * as predictionsRoute from "@/app/api/v1/predictions/route";
import * as welcomeRoute from "@/app/api/v1/welcome/route";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { verifyAudit } from "@/lib/audit/verify";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { Browser } from "@/lib/people/browser.fixture";
import { firstLink, invite, readLink, resetPassword } from "@/lib/people/link";
import { listPeople } from "@/lib/people/list";
import type { Role } from "@/lib/people/roles";
import { Account, LinkReply, People, type Person } from "@/lib/people/schema";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

const PASSWORD = "correct horse battery";
const tokenOf = (link: string) => link.slice(link.indexOf("#") + 1);

onEachStore("people", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-people-"));
  let store: TestStore;
  let runtime: Runtime;
  const ada = new Browser();

  const welcome = (browser: Browser, link: string, more: Record<string, string> = {}) =>
    browser.send(welcomeRoute.POST, "/api/v1/welcome", {
      method: "POST",
      json: { token: tokenOf(link), password: PASSWORD, ...more },
    });
  const signIn = (browser: Browser, email: string, password = PASSWORD, headers = {}) =>
    browser.send(signInRoute.POST, "/api/auth/sign-in", {
      method: "POST",
      json: { email, password },
      headers,
    });
  const people = async () => People.parse(await (await ada.send(peopleRoute.GET, "/api/v1/people")).json());
  const change = (person: string, json: unknown) =>
    ada.send(personRoute.PATCH, `/api/v1/people/${person}`, { method: "PATCH", json });

  async function join(name: string, role: Role): Promise<{ browser: Browser; person: Person }> {
    const email = `${name}@example.org`;
    const invited = await ada.send(peopleRoute.POST, "/api/v1/people", {
      method: "POST",
      json: { email, role },
    });
    expect(invited.status).toBe(201);
    const { link, mailed } = LinkReply.parse(await invited.json());
    expect(mailed).toBe(false);
    const browser = new Browser();
    expect((await welcome(browser, link!, { name })).status).toBe(200);
    return { browser, person: (await people()).people.find((each) => each.email === email)! };
  }

  beforeAll(async () => {
    store = await fresh();
    runtime = createRuntime(readSettings({ TIDEMARK_DATA_DIR: folder }), store);
    installRuntime(runtime);
  });
  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  test("the first link makes the first administrator, once", async () => {
    const old = (await firstLink(runtime))!;
    const link = (await firstLink(runtime))!;
    expect((await welcome(new Browser(), old, { name: "Eve", email: "eve@example.org" })).status).toBe(404);
    expect((await welcome(new Browser(), link, { name: "Ada" })).status).toBe(400);
    expect(
      (await welcome(ada, link, { name: "Ada", email: "Ada@Example.org", password: "short" })).status,
    ).toBe(400);
    expect((await welcome(ada, link, { name: "Ada", email: "Ada@Example.org" })).status).toBe(200);
    expect((await welcome(new Browser(), link, { name: "Eve", email: "eve@example.org" })).status).toBe(404);
    expect(await firstLink(runtime)).toBeNull();
    const me = Account.parse(await (await ada.send(meRoute.GET, "/api/v1/me")).json());
    expect(me).toMatchObject({ email: "ada@example.org", role: "admin", has_password: true });
    expect(me.sessions).toMatchObject([{ current: true }]);
  });

  test("a cookie counts for this server's own pages alone, for reading and for writing", async () => {
    const read = (headers: Record<string, string>) =>
      ada.send(modelsRoute.GET, "/api/v1/models", { headers });
    expect((await read({})).status).toBe(200);
    for (const headers of <Record<string, string>[]>[
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:9999" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "same-origin", origin: "null" },
    ]) {
      expect((await read(headers)).status, JSON.stringify(headers)).toBe(401);
      const write = { method: "POST", json: { email: "x@example.org", role: "admin" }, headers };
      expect((await ada.send(peopleRoute.POST, "/api/v1/people", write)).status).toBe(401);
    }
    expect(
      (await signIn(new Browser(), "ada@example.org", PASSWORD, { origin: "https://evil.example" })).status,
    ).toBe(403);
  });

  test("who was invited has their role, may do what it says, and signs in and out", async () => {
    const { browser, person } = await join("vera", "viewer");
    expect(person).toMatchObject({ role: "viewer", sessions: 1, disabled_at: null });
    expect((await browser.send(modelsRoute.GET, "/api/v1/models")).status).toBe(200);
    const refused = await browser.send(peopleRoute.GET, "/api/v1/people");
    expect(refused.status).toBe(403);
    expect((await refused.json()).error.message).toContain("vera@example.org is viewer; this needs admin");
    expect((await browser.send(signOutRoute.POST, "/api/auth/sign-out", { method: "POST" })).status).toBe(
      200,
    );
    expect((await browser.send(modelsRoute.GET, "/api/v1/models")).status).toBe(401);
    expect((await signIn(browser, "Vera@example.org", "wrong password here")).status).toBe(401);
    expect((await signIn(browser, "Vera@example.org")).status).toBe(200);
    expect((await browser.send(modelsRoute.GET, "/api/v1/models")).status).toBe(200);
    const twice = await ada.send(peopleRoute.POST, "/api/v1/people", {
      method: "POST",
      json: { email: "vera@example.org", role: "admin" },
    });
    expect(twice.status).toBe(409);
  });

  test("signing out everywhere, and being shut out, hold with the very next request", async () => {
    const { browser, person } = await join("ben", "analyst");
    const other = new Browser();
    await signIn(other, "ben@example.org");
    const reads = async () => [
      (await browser.send(modelsRoute.GET, "/api/v1/models")).status,
      (await other.send(modelsRoute.GET, "/api/v1/models")).status,
    ];
    expect(await reads()).toEqual([200, 200]);
    await ada.send(signOutAllRoute.POST, `/api/v1/people/${person.id}/sign-out`, { method: "POST" });
    expect(await reads()).toEqual([401, 401]);
    await signIn(browser, "ben@example.org");
    expect((await change(person.id, { disabled: true })).status).toBe(200);
    expect(await reads()).toEqual([401, 401]);
    const shut = await signIn(other, "ben@example.org");
    expect(shut.status).toBe(403);
    expect(await reads()).toEqual([401, 401]);
    await change(person.id, { disabled: false });
    expect((await signIn(other, "ben@example.org")).status).toBe(200);
  });

  test("a link for a new password ends every session; so does a new password every other one", async () => {
    const { browser, person } = await join("rita", "reviewer");
    const made = await ada.send(resetRoute.POST, `/api/v1/people/${person.id}/reset`, { method: "POST" });
    const { link } = LinkReply.parse(await made.json());
    const other = new Browser();
    expect((await welcome(other, link!, { password: "another long password" })).status).toBe(200);
    expect((await browser.send(meRoute.GET, "/api/v1/me")).status).toBe(401);
    expect((await signIn(browser, "rita@example.org")).status).toBe(401);
    expect((await signIn(browser, "rita@example.org", "another long password")).status).toBe(200);
    const set = (current: string) =>
      browser.send(passwordRoute.POST, "/api/v1/me/password", {
        method: "POST",
        json: { current, password: "a third long password" },
      });
    expect((await set("not this one at all")).status).toBe(403);
    expect((await set("another long password")).status).toBe(200);
    expect((await browser.send(meRoute.GET, "/api/v1/me")).status).toBe(200);
    expect((await other.send(meRoute.GET, "/api/v1/me")).status).toBe(401);
  });

  test("a new password, whichever way it was set, ends every link to another one", async () => {
    const { browser, person } = await join("nora", "analyst");
    const made = async (by = "person:ada@example.org") =>
      tokenOf((await resetPassword(runtime, person.id, { actor: by, origin: "" })).link!);
    const outstanding = async () => [await made(), await made("anonymous")];
    // What was asked for without signing in leaves the administrator's alone, so there are two.
    const asked = await outstanding();
    for (const token of asked) expect(await readLink(runtime, token)).toMatchObject({ kind: "reset" });
    const set = await browser.send(passwordRoute.POST, "/api/v1/me/password", {
      method: "POST",
      json: { current: PASSWORD, password: "another long password" },
    });
    expect(set.status).toBe(200);
    for (const token of asked) await expect(readLink(runtime, token)).rejects.toThrow("ask an administrator");
    const [used, other] = await outstanding();
    expect((await welcome(new Browser(), `#${used}`)).status).toBe(200);
    await expect(readLink(runtime, other!)).rejects.toThrow("ask an administrator");
    const { events } = await listEvents(
      store.db,
      AuditQuery.parse({ action: "person.password", subject: "nora" }),
    );
    expect(events.map(({ actor, before, after }) => ({ actor, before, after }))).toEqual([
      {
        actor: "person:nora@example.org",
        before: null,
        after: { link_of: "person:ada@example.org" },
      },
      {
        actor: "person:nora@example.org",
        before: { other_sessions: 0, unused_links: 2 },
        after: { other_sessions: 0, unused_links: 0 },
      },
    ]);
  });

  test("of two links to a new password that are used at once, one counts", async () => {
    const { person } = await join("twin", "analyst");
    const [one, other] = [
      await resetPassword(runtime, person.id, { actor: "cli", origin: "" }),
      await resetPassword(runtime, person.id, { actor: "anonymous", origin: "" }),
    ];
    const replies = await Promise.all(
      [one, other].map(({ link }) => welcome(new Browser(), link!).then(({ status }) => status)),
    );
    expect(replies.sort()).toEqual([200, 404]);
  });

  test("the unused links of somebody stop when they are shut out or are no administrator any more", async () => {
    for (const [name, undone] of [
      ["rolf", { role: "reviewer" }],
      ["sven", { disabled: true }],
    ] as const) {
      const { person } = await join(name, "admin");
      const { person: other } = await join(`${name}-other`, "viewer");
      const by = { actor: `person:${name}@example.org`, origin: "" };
      const email = `${name}-guest@example.org`;
      const invited = await invite(runtime, { email, role: "admin" }, by);
      const reset = await resetPassword(runtime, other.id, by);
      const kept = await invite(
        runtime,
        { email: `${name}-kept@example.org`, role: "viewer" },
        { actor: "person:ada@example.org", origin: "" },
      );
      expect((await change(person.id, undone)).status).toBe(200);
      expect((await welcome(new Browser(), invited.link!, { name: "Guest" })).status).toBe(404);
      expect((await welcome(new Browser(), reset.link!)).status).toBe(404);
      expect(await readLink(runtime, tokenOf(kept.link!))).toMatchObject({ kind: "invite" });
      expect((await people()).invitations.map((each) => each.email)).not.toContain(email);
      const { events } = await listEvents(store.db, AuditQuery.parse({ subject: person.email, limit: 1 }));
      expect(events).toMatchObject([{ before: { unused_links: 2 }, after: { unused_links: 0 } }]);
      await change(person.id, { role: "reviewer" });
    }
  });

  test("a way to a new password does not come back with somebody who was shut out", async () => {
    const { person } = await join("back", "analyst");
    const { link } = await resetPassword(runtime, person.id, { actor: "cli", origin: "" });
    await change(person.id, { disabled: true });
    await change(person.id, { disabled: false });
    expect((await welcome(new Browser(), link!)).status).toBe(404);
  });

  test("a role for one model counts there in place of the other, upwards and downwards", async () => {
    const { browser, person } = await join("mona", "analyst");
    const log = (model: string) =>
      browser.send(predictionsRoute.POST, "/api/v1/predictions", {
        method: "POST",
        json: {
          model,
          version: "1",
          predictions: [
            { id: "1", timestamp: new Date().toISOString(), features: { a: 1 }, prediction: "x" },
          ],
        },
      });
    expect((await log("open")).status).toBe(200);
    expect((await log("closed")).status).toBe(200);
    expect((await change(person.id, { model_roles: [{ model: "nowhere", role: "admin" }] })).status).toBe(
      400,
    );
    await change(person.id, { model_roles: [{ model: "closed", role: "viewer" }] });
    expect((await log("open")).status).toBe(200);
    const refused = await log("closed");
    expect(refused.status).toBe(403);
    expect((await refused.json()).error.message).toContain(
      'is viewer for the model "closed"; this needs analyst',
    );
    await change(person.id, { role: "viewer", model_roles: [{ model: "closed", role: "analyst" }] });
    expect([(await log("open")).status, (await log("closed")).status]).toEqual([403, 200]);
    await change(person.id, { model_roles: [{ model: "closed", role: null }] });
    expect([(await log("open")).status, (await log("closed")).status]).toEqual([403, 403]);
  });

  test("a person's key may do no more than the person, lapses, and stops with them", async () => {
    const { browser, person } = await join("kim", "analyst");
    const make = (json: unknown, by = browser) =>
      by.send(keysRoute.POST, "/api/v1/keys", { method: "POST", json });
    expect((await make({ name: "s", scopes: ["read"], owner: "service" })).status).toBe(403);
    const made = await (await make({ name: "notebook", scopes: ["admin"], owner: "me" })).json();
    expect(made.key).toMatchObject({ person: "kim@example.org", expires_at: null });
    const authorization = `Bearer ${made.secret}`;
    const program = new Browser();
    const ask = (handler: typeof modelsRoute.GET, at: string) =>
      program.send(handler, at, { headers: { authorization } });
    expect((await ask(modelsRoute.GET, "/api/v1/models")).status).toBe(200);
    expect((await ask(peopleRoute.GET, "/api/v1/people")).status).toBe(403);
    expect((await ask(meRoute.GET, "/api/v1/me")).status).toBe(403);
    expect((await ask(keysRoute.GET, "/api/v1/keys")).status).toBe(200);
    const own = await (await browser.send(keysRoute.GET, "/api/v1/keys")).json();
    expect(own.keys.map(({ name }: { name: string }) => name)).toEqual(["notebook"]);

    const service = await (await make({ name: "serving", scopes: ["read"], owner: "service" }, ada)).json();
    expect(service.key.person).toBeNull();
    const gone = await browser.send(keyRoute.DELETE, `/api/v1/keys/${service.key.id}`, { method: "DELETE" });
    expect(gone.status).toBe(404);

    const soon = new Date(Date.now() + 700).toISOString();
    const brief = await (
      await make({ name: "brief", scopes: ["read"], owner: "me", expires_at: soon })
    ).json();
    const use = () =>
      program.send(modelsRoute.GET, "/api/v1/models", {
        headers: { authorization: `Bearer ${brief.secret}` },
      });
    expect((await use()).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect((await use()).status).toBe(401);

    await change(person.id, { disabled: true });
    expect((await ask(modelsRoute.GET, "/api/v1/models")).status).toBe(401);
    await change(person.id, { disabled: false, role: "viewer" });
    expect((await ask(modelsRoute.GET, "/api/v1/models")).status).toBe(200);
    await signIn(browser, "kim@example.org");
    expect((await make({ name: "more", scopes: ["ingest"], owner: "me" })).status).toBe(403);
  });

  test("the last administrator stays one, also when two take each other's role at once", async () => {
    const all = (await people()).people;
    const first = all.find(({ email }) => email === "ada@example.org")!;
    expect((await change(first.id, { role: "viewer" })).status).toBe(409);
    expect((await change(first.id, { disabled: true })).status).toBe(409);
    const { browser, person } = await join("otto", "admin");
    const [one, other] = await Promise.all([
      change(person.id, { role: "viewer" }),
      browser.send(personRoute.PATCH, `/api/v1/people/${first.id}`, {
        method: "PATCH",
        json: { role: "viewer" },
      }),
    ]);
    expect([one.status, other.status].filter((status) => status === 200)).toHaveLength(1);
    expect((await listPeople(runtime)).people.filter(({ role }) => role === "admin")).toHaveLength(1);
  });

  test("wrong passwords are slowed down, for whoever asks, and say nothing about who is here", async () => {
    const tries = async (email: string) => {
      const statuses: number[] = [];
      for (let i = 0; i < 10; i++)
        statuses.push((await signIn(new Browser(), email, "not the password")).status);
      return statuses;
    };
    const known = await tries("vera@example.org");
    expect(known).toEqual([...Array(8).fill(401), 429, 429]);
    expect(await tries("nobody@example.org")).toEqual(known);
    const right = await signIn(new Browser(), "vera@example.org");
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(60);
  });

  test("what happened to people and keys is in the audit log, without a secret, and its chain is whole", async () => {
    const { events } = await listEvents(store.db, AuditQuery.parse({ limit: 500 }));
    const actions = new Set(events.map(({ action }) => action));
    for (const action of [
      "person.join",
      "person.invite",
      "person.reset",
      "person.password",
      "person.role",
      "person.disable",
      "person.enable",
      "person.sign-out",
      "key.create",
    ]) {
      expect(actions, action).toContain(action);
    }
    expect(JSON.stringify(events)).not.toMatch(/password"\s*:|tm_[ira]+_[0-9a-z]{20}|battery/);
    expect((await verifyAudit(store.db)).broken).toBeNull();
  });
});
