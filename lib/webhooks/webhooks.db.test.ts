import { createHash, createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changedLeaves } from "@/lib/audit/changes";
import { listEvents } from "@/lib/audit/list";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { deleteAlias, setAlias } from "@/lib/registry/aliases";
import { createModel } from "@/lib/registry/models";
import { transitionStage } from "@/lib/registry/stages";
import { createModelVersion, deleteVersionTag, setVersionTag } from "@/lib/registry/versions";
import { Deliverer } from "./deliverer";
import { EVENTS, type NewWebhook, type WebhookEvent } from "./schema";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  testWebhook,
} from "./webhooks";

type Told = { path: string; headers: http.IncomingHttpHeaders; body: string };
const ada = { actor: "key:ada" };
const reach = { allowPrivate: true, timeoutMs: 2000 };
const changing = { ...ada, reach };

onEachStore("webhooks", (fresh) => {
  let store: TestStore;
  let url: string;
  let told: Told[] = [];
  let answer: (told: Told, response: http.ServerResponse) => void;
  const receiver = http.createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const one = { path: request.url!, headers: request.headers, body };
    told.push(one);
    answer(one, response);
  });

  beforeAll(async () => {
    store = await fresh();
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    receiver.closeAllConnections();
    return new Promise((resolve) => receiver.close(resolve));
  });
  beforeEach(async () => {
    await store.db.execute(sql`DELETE FROM webhook`);
    told = [];
    answer = (_, response) => response.end("words of the receiver");
  });

  const make = (more: Partial<NewWebhook> = {}) =>
    createWebhook(store.db, { name: "ci", url: `${url}/ci`, events: EVENTS, ...more }, changing);
  const deliver = () => new Deliverer(store.db, reach).run();
  const passTime = () =>
    store.db.execute(sql`UPDATE webhook_delivery SET next_at = clock_timestamp() WHERE next_at IS NOT NULL`);
  const register = async (model: string) => {
    await createModel(store.db, { model, tags: [{ key: "team", value: "a" }], description: "words" }, ada);
    return createModelVersion(store.db, { model, source: "s3://b/m", runId: "r1" }, ada);
  };

  test("tell each change of the registry in MLflow's words, and a stage's in ours", async () => {
    await make();
    const at = { model: "told", version: "1" };
    await register("told");
    await setVersionTag(store.db, at, { key: "k", value: "v" }, ada);
    await setVersionTag(store.db, at, { key: "k", value: "v" }, ada);
    await deleteVersionTag(store.db, at, "k", ada);
    await setAlias(store.db, at, "best", ada);
    await deleteAlias(store.db, "told", "best", ada);
    await transitionStage(store.db, at, { stage: "Production" }, { ...ada, why: "it is good" });
    await deliver();
    const said = told.map(({ body }) => JSON.parse(body));
    const data = (entity: string, action: string) =>
      said.filter((each) => each.entity === entity && each.action === action).map((each) => each.data);
    expect(data("registered_model", "created")).toEqual([
      { name: "told", tags: { team: "a" }, description: "words" },
    ]);
    expect(data("model_version", "created")).toEqual([
      {
        ...at,
        model: undefined,
        name: "told",
        source: "s3://b/m",
        run_id: "r1",
        tags: {},
        description: null,
      },
    ]);
    expect(data("model_version_tag", "set")).toEqual([{ name: "told", version: "1", key: "k", value: "v" }]);
    expect(data("model_version_tag", "deleted")).toEqual([{ name: "told", version: "1", key: "k" }]);
    expect(data("model_version_alias", "created")).toEqual([{ name: "told", alias: "best", version: "1" }]);
    expect(data("model_version_alias", "deleted")).toEqual([{ name: "told", alias: "best" }]);
    expect(data("model_version", "stage_changed")).toEqual([
      { name: "told", version: "1", from: "None", to: "Production", actor: "key:ada", why: "it is good" },
    ]);
    expect(said).toHaveLength(7);
    expect(Math.abs(Date.parse(said[0].timestamp) - Date.now())).toBeLessThan(60_000);
  });

  test("tell only what was asked for, and nothing while disabled", async () => {
    await make({ name: "versions", url: `${url}/versions`, events: ["model_version.created"] });
    await make({ name: "off", url: `${url}/off`, status: "DISABLED" });
    await register("asked");
    await deliver();
    expect(told.map(({ path }) => path)).toEqual(["/versions"]);
  });

  test("sign what they send with a secret that is never handed out", async () => {
    const made = await make({ secret: "hush-hush", events: ["registered_model.created"] });
    await createModel(store.db, { model: "signed" }, ada);
    await deliver();
    const { headers, body } = told[0]!;
    const id = headers["x-mlflow-delivery-id"];
    const mac = createHmac("sha256", "hush-hush").update(`${id}.${headers["x-mlflow-timestamp"]}.${body}`);
    expect(headers["x-mlflow-signature"]).toBe(`v1,${mac.digest("base64")}`);
    expect(made.has_secret).toBe(true);
    const { events } = await listEvents(store.db, { limit: 10, subject: `webhook:${made.webhook_id}` });
    const shown = JSON.stringify([
      made,
      await getWebhook(store.db, made.webhook_id),
      await listWebhooks(store.db),
      events,
    ]);
    expect(shown).not.toContain("hush-hush");
  });

  test("try again later, under the same id, until it is taken; what went wrong is seen", async () => {
    const { webhook_id } = await make({ events: ["registered_model.created"] });
    answer = (_, response) => response.writeHead(500).end("words of the receiver");
    await createModel(store.db, { model: "again" }, ada);
    await deliver();
    expect(await getWebhook(store.db, webhook_id)).toMatchObject({
      last_status: 500,
      last_error: "it answers 500",
      last_ms: expect.any(Number),
    });
    const [waiting] = await listDeliveries(store.db, webhook_id);
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1, last_status: 500 });
    expect(waiting!.next_ms! - Date.now()).toBeGreaterThan(2000);
    // Not before its time.
    await deliver();
    expect(told).toHaveLength(1);
    answer = (_, response) => response.end();
    await passTime();
    await deliver();
    expect(told).toHaveLength(2);
    expect(told[1]!.headers["x-mlflow-delivery-id"]).toBe(told[0]!.headers["x-mlflow-delivery-id"]);
    expect(told[1]!.body).toBe(told[0]!.body);
    expect(await getWebhook(store.db, webhook_id)).toMatchObject({ last_status: 200, last_error: null });
    expect(await listDeliveries(store.db, webhook_id)).toMatchObject([
      { state: "delivered", attempts: 2, next_ms: null },
    ]);
    expect(JSON.stringify(await listDeliveries(store.db, webhook_id))).not.toContain("words of the receiver");
  });

  test("give up in the end", async () => {
    const { webhook_id } = await make({ events: ["registered_model.created"] });
    answer = (_, response) => response.socket?.destroy();
    await createModel(store.db, { model: "hopeless" }, ada);
    for (let attempt = 1; attempt <= 10; attempt++) {
      await passTime();
      await deliver();
    }
    expect(told).toHaveLength(9);
    expect(await listDeliveries(store.db, webhook_id)).toMatchObject([
      { state: "given_up", attempts: 9, last_status: null, last_error: expect.stringContaining("hang up") },
    ]);
  });

  test("are told once by many processes, and again where one died meanwhile", async () => {
    await make({ events: ["registered_model.created"] });
    for (let i = 0; i < 10; i++) await createModel(store.db, { model: `many-${i}` }, ada);
    await Promise.all(Array.from({ length: 4 }, () => deliver()));
    expect(new Set(told.map(({ body }) => JSON.parse(body).data.name)).size).toBe(10);
    expect(told).toHaveLength(10);
    // As a process leaves it that ends between sending and writing that down.
    await store.db.execute(sql`UPDATE webhook_delivery SET delivered_at = NULL,
      next_at = clock_timestamp() + interval '60 seconds'
      WHERE delivery_id = (SELECT delivery_id FROM webhook_delivery LIMIT 1)`);
    await deliver();
    expect(told).toHaveLength(10);
    await passTime();
    await deliver();
    expect(told).toHaveLength(11);
  });

  test("hold up no change and no other webhook while one of them does not answer", async () => {
    const events = ["registered_model.created"] as const;
    const { webhook_id: dead } = await make({ name: "dead", url: `${url}/dead`, events });
    await make({ name: "alive", url: `${url}/alive`, events });
    answer = ({ path }, response) => (path === "/dead" ? undefined : void response.end());
    const of = (path: string) => told.filter((one) => one.path === path).length;
    const deliverer = new Deliverer(store.db, { ...reach, timeoutMs: 30_000 });
    await createModel(store.db, { model: "held-0" }, ada);
    const first = deliverer.run();
    await expect.poll(() => of("/dead")).toBe(1);
    for (let i = 1; i <= 5; i++) await createModel(store.db, { model: `held-${i}` }, ada);
    const then = deliverer.run();
    await expect.poll(() => of("/alive")).toBe(6);
    // All the while it is still waited for, once.
    expect(of("/dead")).toBe(1);
    expect(await getWebhook(store.db, dead)).toMatchObject({ last_ms: null });
    const closed = deliverer.close();
    receiver.closeAllConnections();
    await Promise.all([first, then, closed]);
    expect(await getWebhook(store.db, dead)).toMatchObject({
      last_status: null,
      last_ms: expect.any(Number),
    });
  });

  test("keep what is to be told while they are disabled, and lose it when they are deleted", async () => {
    const { webhook_id } = await make({ events: ["registered_model.created"] });
    await createModel(store.db, { model: "kept" }, ada);
    await changeWebhook(store.db, webhook_id, { status: "DISABLED" }, changing);
    await deliver();
    expect(told).toEqual([]);
    await changeWebhook(store.db, webhook_id, { status: "ACTIVE" }, changing);
    await deliver();
    expect(told).toHaveLength(1);
    await createModel(store.db, { model: "lost" }, ada);
    await deleteWebhook(store.db, webhook_id, ada);
    await deliver();
    expect(told).toHaveLength(1);
    await expect(deleteWebhook(store.db, webhook_id, ada)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a change that is taken back tells nothing", async () => {
    await make({ events: ["registered_model.created"] });
    await createModel(store.db, { model: "once" }, ada);
    await expect(createModel(store.db, { model: "once" }, ada)).rejects.toMatchObject({ code: "conflict" });
    await deliver();
    expect(told).toHaveLength(1);
  });

  test("are changed in part, found by pages, and every change is written down", async () => {
    const made: string[] = [];
    for (const name of ["a", "b", "c"]) made.unshift((await make({ name })).webhook_id);
    const first = await listWebhooks(store.db, { limit: 2 });
    const rest = await listWebhooks(store.db, { limit: 2, after: first.next });
    expect([...first.webhooks, ...rest.webhooks].map(({ webhook_id }) => webhook_id)).toEqual(made);
    expect(rest.next).toBeNull();
    const changed = await changeWebhook(store.db, made[0]!, { name: "renamed", secret: "s" }, changing);
    expect(changed).toMatchObject({ name: "renamed", url: `${url}/ci`, events: EVENTS, has_secret: true });
    expect(await changeWebhook(store.db, made[0]!, { secret: "" }, changing)).toMatchObject({
      has_secret: false,
      name: "renamed",
    });
    const { events } = await listEvents(store.db, { limit: 10, subject: `webhook:${made[0]}` });
    expect(events.map(({ action, actor }) => [action, actor])).toEqual([
      ["webhook.change", "key:ada"],
      ["webhook.change", "key:ada"],
      ["webhook.create", "key:ada"],
    ]);
    await expect(getWebhook(store.db, "nobody")).rejects.toMatchObject({ code: "not_found" });
  });

  test("show in the audit log that path or secret is another, and neither of them", async () => {
    const made = await make({ url: `${url}/hooks/T0/first`, events: EVENTS });
    const id = made.webhook_id;
    for (const change of [
      { url: `${url}/hooks/T0/second` },
      { secret: "hush-hush" },
      { secret: "quiet-quiet" },
      { secret: "" },
      { description: "tells the CI" },
    ])
      await changeWebhook(store.db, id, change, changing);
    const { events } = await listEvents(store.db, { limit: 10, subject: `webhook:${id}` });
    const sha = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
    expect(
      events
        .reverse()
        .slice(1)
        .map(({ before, after }) => changedLeaves(before, after)),
    ).toEqual([
      [{ path: "url_sha256", before: sha(`${url}/hooks/T0/first`), after: sha(`${url}/hooks/T0/second`) }],
      [{ path: "secret_sha256", before: null, after: sha("hush-hush") }],
      [{ path: "secret_sha256", before: sha("hush-hush"), after: sha("quiet-quiet") }],
      [{ path: "secret_sha256", before: sha("quiet-quiet"), after: null }],
      [{ path: "description", before: "", after: "tells the CI" }],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/hooks\/T0|hush|quiet/);
  });

  test("are refused in words where they cannot be", async () => {
    const outside = { ...ada, reach: { allowPrivate: false } };
    const wrong = (more: Partial<NewWebhook>) =>
      createWebhook(store.db, { name: "x", url: "https://example.com", events: EVENTS, ...more }, outside);
    for (const [more, words] of [
      [{ name: "a b" }, 'Webhook name "a b" is invalid'],
      [{ name: "x".repeat(64) }, "63"],
      [{ events: [] as WebhookEvent[] }, "non-empty"],
      [{ url: `${url}/ci` }, "https://"],
      [{ url: "https://192.168.0.1/" }, "no public address"],
      [{ secret: "x".repeat(1001) }, "the secret has 1001 characters"],
    ] as const) {
      await expect(wrong(more)).rejects.toMatchObject({
        code: "bad_request",
        message: expect.stringContaining(words),
      });
    }
  });

  test("are tested at once, with an example, of which nothing is kept", async () => {
    const { webhook_id } = await make({ secret: "s", events: ["model_version_alias.created"] });
    const test = (event?: WebhookEvent) => testWebhook(store.db, webhook_id, { event, reach, nowMs: 5000 });
    expect(await test()).toEqual({ status: 200, error: null });
    expect(JSON.parse(told[0]!.body)).toMatchObject({
      entity: "model_version_alias",
      action: "created",
      data: { name: "example_model", alias: "example_alias", version: "1" },
    });
    expect(told[0]!.headers["x-mlflow-signature"]).toMatch(/^v1,/);
    answer = (_, response) => response.writeHead(418).end("words of the receiver");
    expect(await test("model_version.created")).toEqual({ status: 418, error: "it answers 418" });
    expect(JSON.parse(told[1]!.body).entity).toBe("model_version");
    expect(await listDeliveries(store.db, webhook_id)).toEqual([]);
  });
});
