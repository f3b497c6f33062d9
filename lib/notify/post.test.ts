import type dns from "node:dns";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkTarget, post, type Reach } from "./post";

/** A listener whose connections are counted: what must not be reached stands behind it. */
let connections = 0;
let requests: { headers: http.IncomingHttpHeaders; body: string }[] = [];
let answer: (response: http.ServerResponse) => void;
const canary = http.createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  requests.push({ headers: request.headers, body });
  answer(response);
});
let port: number;

beforeAll(async () => {
  canary.on("connection", () => connections++);
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  port = (canary.address() as AddressInfo).port;
});
afterAll(() => {
  canary.closeAllConnections();
  return new Promise((resolve) => canary.close(resolve));
});
beforeEach(() => {
  connections = 0;
  requests = [];
  answer = (response) => response.end("a secret of the receiver");
});

const message = { headers: { "content-type": "application/json" }, body: '{"a":"ä"}' };
const outside: Reach = { allowPrivate: false, timeoutMs: 2000 };
const inside: Reach = { allowPrivate: true, timeoutMs: 2000 };
const named = (...answers: (string | string[])[]) => {
  let asked = 0;
  const lookup: Reach["lookup"] = (_, __, done) => {
    const found = [answers[Math.min(asked++, answers.length - 1)]!].flat();
    done(
      null,
      found.map((address): dns.LookupAddress => ({ address, family: net.isIPv6(address) ? 6 : 4 })),
    );
  };
  return { lookup, asked: () => asked };
};

describe("to where it may go", () => {
  test("a message arrives as it is, and only its status comes back", async () => {
    const posted = await post(`http://127.0.0.1:${port}/hook?a=1`, message, inside);
    expect(posted).toEqual({ status: 200, error: null });
    expect(requests).toMatchObject([
      { body: '{"a":"ä"}', headers: { "content-type": "application/json", "content-length": "10" } },
    ]);
    expect(JSON.stringify(posted)).not.toContain("secret");
  });

  test("a refusal is said by its status, never by its words", async () => {
    answer = (response) => response.writeHead(403).end("a secret of the receiver");
    expect(await post(`http://127.0.0.1:${port}/`, message, inside)).toEqual({
      status: 403,
      error: "it answers 403",
    });
  });

  test("one that never answers is waited for a while", async () => {
    answer = () => {};
    const posted = await post(`http://127.0.0.1:${port}/`, message, { ...inside, timeoutMs: 200 });
    expect(posted).toEqual({ status: null, error: "no answer within 0.2 s" });
  });

  test("one that sends for ever is hung up on", async () => {
    let closed = false;
    answer = (response) => {
      response.once("close", () => (closed = true));
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) {}
      };
      response.on("drain", more);
      more();
    };
    expect(await post(`http://127.0.0.1:${port}/`, message, inside)).toEqual({ status: 200, error: null });
    await expect.poll(() => closed).toBe(true);
  });
});

describe("never connects", () => {
  test("to an address that is not public, however it is written", async () => {
    for (const host of [
      "127.0.0.1",
      "localhost",
      "2130706433",
      "0x7f000001",
      "0177.0.0.1",
      "127.1",
      "0",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "127.0.0.1.",
      "①②⑦.0.0.1",
    ]) {
      const posted = await post(`https://${host}:${port}/`, message, outside);
      expect(posted.status, host).toBeNull();
      expect(posted.error, host).toMatch(/no public address/);
    }
    expect(connections).toBe(0);
  });

  test("to a name that leads to one, alone or among others", async () => {
    for (const found of ["127.0.0.1", "::1", "::ffff:127.0.0.1", ["8.8.8.8", "127.0.0.1"]]) {
      const { lookup } = named(found);
      const posted = await post(`https://hook.example:${port}/`, message, { ...outside, lookup });
      expect(posted.error, String(found)).toMatch(/hook\.example leads to where nothing may be sent/);
    }
    expect(connections).toBe(0);
  });

  test("to what a name leads to the second time it is asked for", async () => {
    const { lookup, asked } = named("127.0.0.1", "169.254.169.254");
    const rebound = () => post(`http://rebound.example:${port}/`, message, { ...inside, lookup });
    expect(await rebound()).toEqual({ status: 200, error: null });
    // The one look-up that was checked is the one that was connected by.
    expect(asked()).toBe(1);
    expect((await rebound()).error).toMatch(/link alone/);
    expect(connections).toBe(1);
  });

  test("to where a redirect leads", async () => {
    let reached = 0;
    const behind = net.createServer((socket) => {
      reached++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => behind.listen(0, "127.0.0.1", resolve));
    const { port: hidden } = behind.address() as AddressInfo;
    for (const [status, location] of [
      [302, `http://127.0.0.1:${hidden}/`],
      [307, `http://127.0.0.1:${hidden}/`],
      [308, "http://169.254.169.254/latest/meta-data/"],
    ] as const) {
      answer = (response) => response.writeHead(status, { location }).end();
      expect(await post(`http://127.0.0.1:${port}/`, message, inside)).toEqual({
        status,
        error: expect.stringContaining("redirects are not followed"),
      });
    }
    expect(reached).toBe(0);
    await new Promise((resolve) => behind.close(resolve));
  });

  test("to the link's own addresses, even where private ones are allowed", async () => {
    for (const host of ["169.254.169.254", "[::ffff:a9fe:a9fe]", "[fe80::1]", "2852039166"]) {
      expect((await post(`http://${host}/`, message, inside)).error, host).toMatch(/link alone/);
    }
    const { lookup } = named("169.254.169.254");
    const posted = await post("http://metadata.example/", message, { ...inside, lookup });
    expect(posted.error).toMatch(/link alone/);
  });
});

test("a target is refused in words when it is named", () => {
  for (const [url, words] of [
    ["http://example.com/", "expected https://"],
    ["file:///etc/passwd", "expected https://"],
    ["gopher://example.com/", "expected https://"],
    ["example.com/hook", "expected an address"],
    ["https://user:password@example.com/", "no credentials"],
    ["https://10.0.0.1/", "no public address"],
    [`https://example.com/${"x".repeat(2000)}`, "2,000"],
  ]) {
    expect(() => checkTarget(url!, outside), url).toThrow(words);
  }
  expect(checkTarget("https://example.com/hook", outside).hostname).toBe("example.com");
  expect(checkTarget("http://127.0.0.1/hook", inside).hostname).toBe("127.0.0.1");
});
