import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onEachStore } from "@/lib/db/testing";
import type { RouteHandler } from "@/lib/http/handle";
import { createModel } from "@/lib/registry/models";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { delivererOf } from "@/lib/webhooks/runtime";
import * as one from "./[id]/route";
import * as example from "./[id]/test/route";
import * as all from "./route";

const KEY = "the-bootstrap-key-of-this-test";

onEachStore("the webhooks' routes", (fresh) => {
  let runtime: Runtime;
  let url: string;
  const receiver = http.createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === "/down" ? 500 : 200).end("words of the receiver");
  });
  beforeAll(async () => {
    const settings = readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY, TIDEMARK_PRIVATE_WEBHOOKS: "1" });
    runtime = createRuntime(settings, await fresh());
    installRuntime(runtime);
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await delivererOf(runtime).close();
    installRuntime(null);
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const ask = async (handler: RouteHandler, method: string, path: string, body?: object) => {
    const answer = await handler(
      new Request(`http://localhost/api/v1/webhooks${path}`, {
        method,
        headers: { host: "localhost", authorization: `Bearer ${KEY}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    return { status: answer.status, body: await answer.json() };
  };

  test("make, show, change, test and delete one, and never its secret or what was answered", async () => {
    const events = ["registered_model.created", "model_version.stage_changed"];
    const request = { name: "ci", url: `${url}/down`, events, secret: "hush-hush" };
    const made = await ask(all.POST, "POST", "", request);
    expect(made).toMatchObject({
      status: 201,
      body: { name: "ci", events, status: "ACTIVE", has_secret: true, last_attempt: null },
    });
    const at = `/${made.body.id}`;
    await createModel(runtime.db, { model: "flights" }, { actor: "key:ada" });
    await delivererOf(runtime).run();
    const shown = await ask(one.GET, "GET", at);
    expect(shown.body).toMatchObject({
      last_attempt: { status: 500, error: "it answers 500" },
      deliveries: [{ event: "registered_model.created", state: "waiting", attempts: 1, status: 500 }],
    });
    const tested = await ask(example.POST, "POST", `${at}/test`, { event: "model_version.stage_changed" });
    expect(tested.body).toEqual({ success: false, status: 500, error: "it answers 500" });
    const changed = await ask(one.PATCH, "PATCH", at, { url: `${url}/up`, secret: "" });
    expect(changed.body).toMatchObject({ name: "ci", url: `${url}/up`, has_secret: false });
    const again = await ask(example.POST, "POST", `${at}/test`, {});
    expect(again.body).toEqual({ success: true, status: 200, error: null });
    const listed = await ask(all.GET, "GET", "");
    expect(listed.body.webhooks).toMatchObject([{ id: made.body.id, last_attempt: { status: 500 } }]);
    const said = JSON.stringify([made, shown, tested, changed, again, listed]);
    expect(said).not.toContain("hush-hush");
    expect(said).not.toContain("words of the receiver");
    expect(await ask(one.DELETE, "DELETE", at)).toEqual({ status: 200, body: {} });
    expect((await ask(one.GET, "GET", at)).status).toBe(404);
  });

  test("refuse what cannot be, in words", async () => {
    const request = { name: "ci", url: `${url}/up`, events: ["model_version.created"] };
    for (const [more, words] of [
      [{ events: [] }, "at least one event"],
      [{ events: ["prompt.created"] }, "events"],
      [{ name: "a b" }, "is invalid"],
      [{ url: "ftp://example.com" }, "expected https://"],
      [{ webhook: 1 }, "webhook"],
    ] as const) {
      const answer = await ask(all.POST, "POST", "", { ...request, ...more });
      expect(answer.status, JSON.stringify(more)).toBe(400);
      expect(answer.body.error.message).toContain(words);
    }
    expect((await ask(all.GET, "GET", "?cursor=x")).status).toBe(400);
  });
});
