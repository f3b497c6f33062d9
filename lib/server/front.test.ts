import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "@/lib/settings";
import { admitRequest } from "./front";

const settings = readSettings({ TIDEMARK_BOOTSTRAP_KEY: "the-bootstrap-key-of-this-test" });
const server = http.createServer((request, response) => {
  if (admitRequest(request, response, settings)) response.end("admitted");
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test.each([
  ["GET", "/api/v1/models/", "/api/v1/models"],
  ["POST", "/api/v1/predictions/?model=a", "/api/v1/predictions"],
  ["GET", "/api/v1/models/a%2Fb/", "/api/v1/models/a%2Fb"],
  ["GET", "/api/", "/api"],
  ["GET", "/health/", "/health"],
])("%s %s is told to leave out the slash, not sent elsewhere", async (method, path, plain) => {
  const response = await fetch(url + path, { method, redirect: "manual" });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    404,
    "application/json; charset=utf-8",
  ]);
  const { error } = (await response.json()) as { error: { code: string; message: string; details: [] } };
  expect(error).toMatchObject({ code: "not_found", details: [] });
  expect(error.message.endsWith(`leave out the slash at the end, ${plain}`)).toBe(true);
});

test.each(["/api/v1/models", "/health", "/", "/models/", "/healthy/"])("%s is left to Next", async (path) => {
  expect(await (await fetch(url + path)).text()).toBe("admitted");
});

test("scripts run by this reply's nonce alone; WebAssembly and workers of blobs only where models run", async () => {
  const policyOf = async (path: string) => {
    const policy = (await fetch(url + path)).headers.get("content-security-policy")!;
    return Object.fromEntries(policy.split("; ").map((each) => [each.split(" ")[0], each]));
  };
  const [first, second] = [await policyOf("/models"), await policyOf("/models")];
  expect(first["script-src"]).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='$/);
  expect(second["script-src"]).not.toBe(first["script-src"]);
  expect(first["worker-src"]).toBe("worker-src 'self'");
  const models = await policyOf("/models/a/1/evaluate");
  expect(models["script-src"]).toMatch(/ 'wasm-unsafe-eval'$/);
  expect(models["worker-src"]).toBe("worker-src 'self' blob:");
  expect((await policyOf("/models/a/1/evaluate/more"))["script-src"]).not.toContain("wasm");
});
