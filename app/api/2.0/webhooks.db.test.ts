import { afterAll, beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { createRuntime, installRuntime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { createWebhook } from "@/lib/webhooks/webhooks";
import { KEY, mlflow, reply } from "./testing";

type Wire = { webhook: { webhook_id: string; name: string; events: object[] } };

onEachStore("MLflow's webhooks", (fresh) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await fresh();
    installRuntime(createRuntime(readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY }), store));
  });
  afterAll(() => installRuntime(null));

  const create = (more: object = {}) =>
    mlflow("POST", "webhooks", {
      name: "ci",
      url: "https://example.com/hook",
      events: [{ entity: "MODEL_VERSION", action: "CREATED" }],
      secret: "hush-hush",
      ...more,
    });
  const refused = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, ...((await response.json()) as object) };
  };

  test("are made, read, changed and deleted in MLflow's words, without their secret", async () => {
    const { webhook } = await reply<Wire>(create({ description: "words" }));
    expect(webhook).toEqual({
      webhook_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "ci",
      description: "words",
      url: "https://example.com/hook",
      events: [{ entity: "MODEL_VERSION", action: "CREATED" }],
      status: "ACTIVE",
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
    });
    const at = `webhooks/${webhook.webhook_id}`;
    expect(await reply(mlflow("GET", at))).toEqual({ webhook });
    const events = [{ entity: "MODEL_VERSION_TAG", action: "SET" }];
    const changed = await reply<Wire>(mlflow("PATCH", at, { events, status: "DISABLED" }));
    expect(changed.webhook).toMatchObject({ name: "ci", description: "words", events, status: "DISABLED" });
    expect(await reply(mlflow("DELETE", at, {}))).toEqual({});
    expect(await refused(mlflow("GET", at))).toMatchObject({
      status: 404,
      error_code: "RESOURCE_DOES_NOT_EXIST",
      message: `Webhook with ID ${webhook.webhook_id} not found.`,
    });
  });

  test("are listed page by page, and an event of ours is kept from clients that would end over it", async () => {
    const stage = ["model_version.stage_changed"] as const;
    const own = { actor: "key:ada", reach: { allowPrivate: false } };
    const url = "https://example.com";
    await createWebhook(store.db, { name: "ours", url, events: stage }, own);
    await createWebhook(store.db, { name: "both", url, events: [...stage, "model_version.created"] }, own);
    for (const name of ["a", "b"]) await reply(create({ name }));
    const found: string[] = [];
    let token = "";
    do {
      const page = await reply<{ webhooks: Wire["webhook"][]; next_page_token?: string }>(
        mlflow("GET", `webhooks?max_results=1&page_token=${token}`),
      );
      found.push(...page.webhooks.map(({ name, events }) => `${name} ${events.length}`));
      token = page.next_page_token ?? "";
    } while (token !== "");
    expect(found).toEqual(["b 1", "a 1", "both 1"]);
  });

  test("are refused in words where they cannot be", async () => {
    for (const [more, message] of [
      [{ name: "" }, "Missing value for required parameter 'name'."],
      [{ url: "http://example.com" }, "expected https://"],
      [{ url: "https://127.0.0.1/" }, "no public address"],
      [{ events: [] }, "non-empty"],
      [{ events: [{ entity: "PROMPT", action: "CREATED" }] }, "this server has no event prompt.created"],
      [{ events: [{ entity: "MODEL_VERSION" }] }, "'events[0].action'"],
      [{ status: "ASLEEP" }, "Invalid value \"ASLEEP\" for parameter 'status'"],
    ] as const) {
      expect(await refused(create(more)), JSON.stringify(more)).toMatchObject({
        status: 400,
        error_code: "INVALID_PARAMETER_VALUE",
        message: expect.stringContaining(message),
      });
    }
    expect(await refused(mlflow("GET", "webhooks?max_results=1001"))).toMatchObject({ status: 400 });
    expect(await refused(mlflow("POST", "webhooks/nobody/test", {}))).toMatchObject({ status: 404 });
  });

  test("a test says that nothing was sent where nothing may be", async () => {
    const { webhook } = await reply<Wire>(create({ url: "https://localhost/hook" }));
    expect(await reply(mlflow("POST", `webhooks/${webhook.webhook_id}/test`, {}))).toEqual({
      result: {
        success: false,
        error_message: expect.stringContaining("localhost leads to where nothing may be sent"),
      },
    });
  });
});
