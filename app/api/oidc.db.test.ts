import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as callbackRoute from "@/app/api/auth/callback/oidc/route";
import * as oidcRoute from "@/app/api/auth/oidc/route";
import * as meRoute from "@/app/api/v1/me/route";
import { AuditQuery, listEvents } from "@/lib/audit/list";
import { onEachStore } from "@/lib/db/testing";
import { log } from "@/lib/log";
import { authOf } from "@/lib/people/auth";
import { Browser } from "@/lib/people/browser.fixture";
import { changePerson } from "@/lib/people/change";
import { acceptLink, firstLink, invite } from "@/lib/people/link";
import { listPeople } from "@/lib/people/list";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

const CLIENT = { client_id: "tidemark", client_secret: "a secret of this test alone" };
const CALLBACK = "http://127.0.0.1:3000/api/auth/callback/oidc";

/** What the provider says of somebody, by their login. */
const groups = new Map<string, unknown>();
const addresses = new Map<string, { email: string; email_verified: boolean }>();

/** A real provider, with its own sign-in and consent pages, on loopback. */
async function startProvider(): Promise<{ issuer: string; stop: () => Promise<void> }> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [CALLBACK], token_endpoint_auth_method: "client_secret_post" }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a key of this test"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: `${login}@example.org`,
        email_verified: !login.startsWith("unverified"),
        name: `Dr ${login}`,
        groups: groups.get(login),
        ...addresses.get(login),
      }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A browser's way through the provider's pages. @returns the address that it is sent back to */
async function passProvider(start: string, login: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = new URL(start);
  let form: Record<string, string> | null = null;
  for (let step = 0; step < 20; step++) {
    if (at.href.startsWith(CALLBACK)) return at;
    const reply: Response = await fetch(at, {
      redirect: "manual",
      method: form ? "POST" : "GET",
      headers: { cookie: [...jar].map((pair) => pair.join("=")).join("; ") },
      body: form ? new URLSearchParams(form) : null,
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      jar.set(name!, value!);
    }
    const text: string = await reply.text();
    const to = reply.headers.get("location");
    if (to) {
      at = new URL(to, at);
      form = null;
      continue;
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
    const prompt: string | undefined = /name="prompt" value="([^"]+)"/.exec(text)?.[1];
    if (!action || !prompt) throw new Error(`${reply.status} at ${at}: ${text.slice(0, 300)}`);
    at = new URL(action, at);
    form = prompt === "login" ? { prompt, login, password: "any" } : { prompt };
  }
  throw new Error("the provider sends the browser round in circles");
}

onEachStore("sign-in by an identity provider", (fresh) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-oidc-"));
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let runtime: Runtime;

  async function start(more: Record<string, string> = {}): Promise<void> {
    const settings = readSettings({
      TIDEMARK_DATA_DIR: folder,
      TIDEMARK_OIDC_ISSUER: provider.issuer,
      TIDEMARK_OIDC_CLIENT_ID: CLIENT.client_id,
      TIDEMARK_OIDC_CLIENT_SECRET: CLIENT.client_secret,
      ...more,
    });
    runtime = createRuntime(settings, runtime?.store ?? (await fresh()));
    installRuntime(runtime);
  }

  beforeAll(async () => {
    provider = await startProvider();
    await start();
  });
  afterAll(async () => {
    installRuntime(null);
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function arrive(login: string, to = "/models?q=a") {
    const browser = new Browser();
    const begun = await browser.send(oidcRoute.POST, "/api/auth/oidc", { method: "POST", json: { to } });
    expect(begun.status).toBe(200);
    const back = await passProvider((await begun.json()).url, login);
    const reply = await browser.send(callbackRoute.GET, back.pathname + back.search, {
      headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", origin: "null" },
    });
    expect(reply.status).toBe(302);
    const me = await browser.send(meRoute.GET, "/api/v1/me");
    return {
      location: reply.headers.get("location")!,
      me: me.status === 200 ? await me.json() : null,
      back,
      browser,
    };
  }

  test("lets nobody in who was not invited, and makes no account of them", async () => {
    const link = (await firstLink(runtime))!;
    await acceptLink(runtime, {
      token: link.slice(link.indexOf("#") + 1),
      email: "ada@example.org",
      name: "Ada",
      password: "a long password",
    });
    const { location, me } = await arrive("stranger");
    expect(me).toBeNull();
    expect(location).toMatch(/^(http:\/\/127\.0\.0\.1:3000)?\/sign-in\?.*error=not_invited/);
    expect((await listPeople(runtime)).people).toHaveLength(1);
  });

  test("knows who has an account by their verified address, and by that alone", async () => {
    const { location, me } = await arrive("ada");
    expect(new URL(location, "http://127.0.0.1:3000").pathname + new URL(location, "http://a").search).toBe(
      "/models?q=a",
    );
    expect(me).toMatchObject({ email: "ada@example.org", role: "admin", name: "Ada", has_password: true });
    await invite(
      runtime,
      { email: "unverified@example.org", role: "admin" },
      { actor: "cli", origin: "http://a" },
    );
    expect((await arrive("unverified")).me).toBeNull();
  });

  test("a way back is good once, and for the browser that began", async () => {
    const { back } = await arrive("ada");
    const again = await new Browser().send(callbackRoute.GET, back.pathname + back.search);
    expect(again.headers.get("location")).toContain("error=");
    expect(again.headers.getSetCookie().join()).not.toContain("session_token=ey");
  });

  test("leads to no other site", async () => {
    const { location } = await arrive("ada", "//evil.example/");
    expect(new URL(location, "http://127.0.0.1:3000").origin).toBe("http://127.0.0.1:3000");
  });

  test("gives the role that the claim says, at each sign-in, and the strongest of several", async () => {
    await start({
      TIDEMARK_OIDC_ROLE_CLAIM: "groups",
      TIDEMARK_OIDC_ROLES: "ml-team=analyst,ml-leads=reviewer",
    });
    groups.set("ben", ["staff", "ml-leads", "ml-team"]);
    expect((await arrive("ben")).me).toMatchObject({ role: "reviewer", name: "Dr ben", has_password: false });
    groups.set("ben", ["ml-team"]);
    expect((await arrive("ben")).me).toMatchObject({ role: "analyst" });
    groups.set("ben", ["staff"]);
    expect((await arrive("ben")).me).toBeNull();
    groups.set("ben", ["ml-team"]);
    groups.set("kim", ["staff"]);
    expect((await arrive("kim")).me).toBeNull();
    await start({
      TIDEMARK_OIDC_ROLE_CLAIM: "groups",
      TIDEMARK_OIDC_ROLES: "ml-team=analyst",
      TIDEMARK_OIDC_DEFAULT_ROLE: "viewer",
    });
    expect((await arrive("kim")).me).toMatchObject({ role: "viewer" });
  });

  const eventsOf = async (email: string) =>
    (await listEvents(runtime.db, AuditQuery.parse({ subject: `person:${email}` }))).events
      .map(({ actor, action, before, after }) => ({ actor, action, before, after }))
      .reverse();

  test("what the provider makes and changes of people is in the audit log as its deed", async () => {
    expect(await eventsOf("ben@example.org")).toMatchObject([
      { actor: "oidc", action: "person.create", after: { role: "reviewer", provider: "oidc" } },
      { actor: "oidc", action: "person.role", before: { role: "reviewer" }, after: { role: "analyst" } },
    ]);
    expect((await eventsOf("ada@example.org")).at(-1)).toMatchObject({
      actor: "oidc",
      action: "person.link",
    });
  });

  test("nobody gets another address by a sign-in, verified or not", async () => {
    await start({ TIDEMARK_OIDC_ROLE_CLAIM: "groups", TIDEMARK_OIDC_ROLES: "ml-team=analyst" });
    for (const email_verified of [false, true]) {
      addresses.set("ben", { email: "somebody-else@example.org", email_verified });
      expect((await arrive("ben")).me).toMatchObject({ email: "ben@example.org", role: "analyst" });
    }
    addresses.delete("ben");
    const { internalAdapter } = await authOf(runtime).$context;
    const found = await internalAdapter.findUserByEmail("ben@example.org");
    expect(found?.user.emailVerified).toBe(true);
    expect((await listPeople(runtime)).people.map(({ email }) => email)).not.toContain(
      "somebody-else@example.org",
    );
  });

  test("the last administrator keeps the role, whatever the provider says, until there is another", async () => {
    const warned = vi.spyOn(log, "warn");
    groups.set("ada", ["ml-team"]);
    expect((await arrive("ada")).me).toMatchObject({ email: "ada@example.org", role: "admin" });
    expect(warned).toHaveBeenCalledWith(
      { person: expect.any(String), role: "analyst" },
      expect.stringContaining("last administrator"),
    );
    expect(JSON.stringify(warned.mock.calls)).not.toContain("ada@example.org");
    warned.mockRestore();
    await arrive("kim");
    const kim = (await listPeople(runtime)).people.find(({ email }) => email === "kim@example.org")!;
    await changePerson(runtime, kim.id, { role: "admin" }, "cli");
    expect((await arrive("ada")).me).toMatchObject({ role: "analyst" });
    expect((await eventsOf("ada@example.org")).at(-1)).toMatchObject({
      actor: "oidc",
      action: "person.role",
      before: { role: "admin" },
      after: { role: "analyst" },
    });
  });

  test("lets nobody in who was shut out here", async () => {
    const ben = (await listPeople(runtime)).people.find(({ email }) => email === "ben@example.org")!;
    await changePerson(runtime, ben.id, { disabled: true }, "cli");
    groups.set("ben", ["ml-leads"]);
    const { me, location } = await arrive("ben");
    expect(me).toBeNull();
    expect(location).toContain("error=disabled");
    const left = (await listPeople(runtime)).people.find(({ id }) => id === ben.id)!;
    expect(left).toMatchObject({ role: "analyst", sessions: 0 });
  });
});
