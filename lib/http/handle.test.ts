import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Store } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { createRuntime, installRuntime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";
import { handle } from "./handle";
import { isOwnPage } from "./principal";

const KEY = "a-bootstrap-key-for-tests";
const store = { db: {}, kind: "embedded", description: "none", close: async () => {} } as unknown as Store;
const settings = readSettings({ TIDEMARK_BOOTSTRAP_KEY: KEY, TIDEMARK_MAX_BODY_MB: "1" });

beforeEach(() => installRuntime(createRuntime(settings, store)));
afterAll(() => installRuntime(null));

const echo = handle(
  {
    method: "POST",
    path: "/api/test/{name}",
    scope: "admin",
    summary: "A test",
    params: z.object({ name: z.string().max(20) }),
    query: z.object({ limit: z.coerce.number().int().max(9).optional() }),
    body: z.object({ n: z.number() }),
    reply: z.object({ name: z.string(), n: z.number(), actor: z.string() }),
  },
  async ({ params, body, principal }) => ({ name: params.name, n: body.n, actor: principal.actor }),
);

const streamed = handle(
  {
    method: "POST",
    path: "/api/test-stream",
    scope: "admin",
    summary: "A test",
    body: { "application/x-ndjson": null, "application/json": null },
    reply: z.object({ bytes: z.number() }),
  },
  async ({ body }) => {
    let bytes = 0;
    for await (const chunk of body.stream()) bytes += chunk.length;
    return { bytes };
  },
);

function failing(error: unknown) {
  return handle(
    { method: "GET", path: "/api/test-failing", scope: "public", summary: "A test", reply: z.object({}) },
    async () => {
      throw error;
    },
  );
}

const headers = {
  host: "localhost:3000",
  authorization: `Bearer ${KEY}`,
  "content-type": "application/json",
};

function post(body: BodyInit | null, more: Record<string, string> = {}, path = "/api/test/a") {
  return new Request(`http://localhost:3000${path}`, {
    method: "POST",
    headers: { ...headers, ...more },
    body,
    duplex: "half",
  } as RequestInit);
}

async function refusal(reply: Promise<Response>) {
  const response = await reply;
  const body = (await response.json()) as { error: { code: string; message: string; details: unknown[] } };
  expect(Object.keys(body)).toEqual(["error"]);
  return { status: response.status, headers: response.headers, ...body.error };
}

test("a good request is answered in JSON that nobody keeps", async () => {
  const response = await echo(post('{"n": 1.5}', {}, "/api/test/%C3%BC%2F%252F?limit=3"));
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ name: "ü/%2F", n: 1.5, actor: "bootstrap-key" });
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
])("a %s body is read whole and as a stream", async (encoding, compress) => {
  const packed = { "content-encoding": encoding };
  expect((await echo(post(compress('{"n": 2}'), packed))).status).toBe(200);
  const reply = await streamed(post(compress(Buffer.alloc(3_000_000)), packed, "/api/test-stream"));
  expect(await reply.json()).toEqual({ bytes: 3_000_000 });
});

test.each([
  ["not JSON", post("{n: 1}"), 400, /the body is not JSON/],
  ["an empty body", post(""), 400, /the body is not JSON/],
  ["a wrong value", post('{"n": "one"}'), 400, /^body: n="one": expected number/],
  ["a missing value", post("{}"), 400, /^body: n is missing: expected number/],
  ["not UTF-8", post(Buffer.from([0x22, 0xff, 0x22])), 400, /not UTF-8/],
  ["not gzip", post("{}", { "content-encoding": "gzip" }), 400, /not valid gzip/],
  [
    "a gzip that breaks off",
    post(gzipSync('{"n":1}').subarray(0, 20), { "content-encoding": "gzip" }),
    400,
    /not valid gzip/,
  ],
  ["an unknown encoding", post("{}", { "content-encoding": "zstd" }), 415, /send gzip, deflate, br/],
  ["another type", post("{}", { "content-type": "text/plain" }), 415, /send application\/json/],
  [
    "a misspelt parameter",
    post("{}", {}, "/api/test/a?limt=1"),
    400,
    /no parameter "limt"; this request knows limit/,
  ],
  ["a wrong parameter", post("{}", {}, "/api/test/a?limit=many"), 400, /^query: limit="many": /],
  ["a path that is not UTF-8", post("{}", {}, "/api/test/%E4"), 400, /^path: name="%E4"/],
  ["a wrong path", post("{}", {}, `/api/test/${"x".repeat(30)}`), 400, /^path: name="x+": /],
])("%s is refused with its reason", async (_, request, status, message) => {
  const found = await refusal(echo(request));
  expect(found).toMatchObject({ status, message: expect.stringMatching(message) });
});

test("a body over the limit is refused before it is read, while it is read, and before it is inflated", async () => {
  const big = Buffer.alloc(1_100_000, 32);
  const chunked = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(300_000));
    },
  });
  const bomb = gzipSync(Buffer.alloc(200_000_000));
  const requests = [
    post("{}", { "content-length": "2000000" }),
    post(big),
    post(chunked),
    post(bomb, { "content-encoding": "gzip" }),
  ];
  for (const request of requests) {
    const start = performance.now();
    expect(await refusal(echo(request))).toMatchObject({ status: 413, code: "too_large" });
    expect(performance.now() - start).toBeLessThan(1000);
  }
});

test("a million levels are refused without holding up anybody else", async () => {
  for (const text of [
    "[".repeat(1_000_000),
    '{"a":'.repeat(200_000),
    `{"n":${"[".repeat(65)}${"]".repeat(65)}}`,
  ]) {
    expect(await refusal(echo(post(text)))).toMatchObject({ status: 400, message: /levels deep/ as never });
  }
});

test("keys that would change a prototype are data", async () => {
  const reply = await echo(post('{"n": 1, "__proto__": {"actor": "x"}, "constructor": {"prototype": {}}}'));
  expect(await reply.json()).toEqual({ name: "a", n: 1, actor: "bootstrap-key" });
});

test.each([
  ["evil.example", 403],
  ["127.0.0.1.evil.example:3000", 403],
  ["192.168.1.9:3000", 403],
  ["LOCALHOST", 200],
  ["127.0.0.1:3000", 200],
  ["[::1]:3000", 200],
])("host %s is answered with %i", async (host, status) => {
  const response = await echo(post('{"n": 1}', { host }));
  expect(response.status).toBe(status);
  if (status === 403) expect(await response.text()).toContain("TIDEMARK_HOSTS");
});

test("hosts beyond loopback are those that were set, and addresses once the server listens there", async () => {
  const open = { ...settings, host: "0.0.0.0", hosts: ["tidemark.example"] };
  installRuntime(createRuntime(open, store));
  const status = async (host: string) => (await echo(post('{"n": 1}', { host }))).status;
  expect(await status("tidemark.example:443")).toBe(200);
  expect(await status("192.168.1.9:3000")).toBe(200);
  expect(await status("other.example")).toBe(403);
});

test("without a session nobody is at a page, own or not", async () => {
  const page = new Request("http://localhost:3000/api/test/a", {
    method: "POST",
    headers: { host: "localhost:3000", "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: '{"n": 1}',
  });
  expect((await echo(page)).status).toBe(401);
});

test.each<[sent: Record<string, string>, own: boolean]>([
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "same-origin", origin: "http://localhost:3000" }, true],
  // Plain http beyond loopback: browsers leave Sec-Fetch-Site out.
  [{ origin: "http://localhost:3000" }, true],
  [{ referer: "http://localhost:3000/models" }, true],
  [{}, false],
  [{ "sec-fetch-site": "same-origin", origin: "http://evil.example" }, false],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ origin: "null" }, false],
  [{ referer: "http://localhost:3000.evil.example/" }, false],
])("a request with %o comes from an own page: %s", (sent, own) => {
  expect(isOwnPage(new Headers({ host: "localhost:3000", ...sent }))).toBe(own);
});

test("a refusal keeps its code, details and time to wait", async () => {
  const error = new TidemarkError("overloaded", "9 rows wait", { details: [1], retryAfterSeconds: 2.2 });
  const found = await refusal(failing(error)(new Request("http://localhost/api/test-failing", { headers })));
  expect(found).toMatchObject({ status: 429, code: "overloaded", message: "9 rows wait", details: [1] });
  expect(found.headers.get("retry-after")).toBe("3");
});

test("a refusal of another bundle's class is still a refusal", async () => {
  const error = Object.assign(new Error("gone"), { name: "TidemarkError", code: "not_found", details: [] });
  expect(
    await refusal(failing(error)(new Request("http://localhost/api/test-failing", { headers }))),
  ).toMatchObject({
    status: 404,
    message: "gone",
  });
});

test("an unexpected error says nothing but an id", async () => {
  const error = new Error("password=hunter2 at /srv/app/lib/db/client.ts:12");
  const found = await refusal(failing(error)(new Request("http://localhost/api/test-failing", { headers })));
  expect(found).toMatchObject({ status: 500, code: "internal" });
  expect(found.message).toMatch(/under [0-9a-f]{8}$/);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|client\.ts/);
});

test.each([
  Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
  Object.assign(new Error("x"), { code: "57P01" }),
  Object.assign(new Error("x"), { code: "08006" }),
  new Error("Failed query", { cause: Object.assign(new Error("x"), { code: "CONNECTION_CLOSED" }) }),
  new Error("PGlite is closed"),
])("a store out of reach is 503 with a time to wait: %s", async (error) => {
  const found = await refusal(failing(error)(new Request("http://localhost/api/test-failing", { headers })));
  expect(found).toMatchObject({ status: 503, code: "store_unavailable" });
  expect(Number(found.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a reply that is not what its schema says is noticed outside production", async () => {
  const wrong = handle(
    {
      method: "GET",
      path: "/api/test-wrong",
      scope: "public",
      summary: "A test",
      reply: z.object({ n: z.number() }),
    },
    async () => ({ n: Number.NaN }),
  );
  expect(await refusal(wrong(new Request("http://localhost/api/test-wrong", { headers })))).toMatchObject({
    status: 500,
  });
});
