import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError, apiUrl, readReply, request, worthRetrying } from "./request";

afterEach(() => vi.unstubAllGlobals());

const Reply = z.object({ n: z.number() });
const failure = (run: () => unknown): ApiError => {
  try {
    run();
  } catch (error) {
    return error as ApiError;
  }
  throw new Error("nothing was thrown");
};

describe("the address of a resource", () => {
  it("encodes its segments and parameters", () => {
    expect(apiUrl(["models", "a b%", "drift"], { segment: "carrier:A&A", exact: true })).toBe(
      "/api/v1/models/a%20b%25/drift?segment=carrier%3AA%26A&exact=true",
    );
  });

  it("leaves out what is not set and repeats a list", () => {
    expect(apiUrl(["x"], { from: null, to: undefined, q: "", filter: ["a:eq:1", "b:gt:2"], n: 0 })).toBe(
      "/api/v1/x?filter=a%3Aeq%3A1&filter=b%3Agt%3A2&n=0",
    );
  });
});

describe("a reply", () => {
  it("is parsed", () => expect(readReply(Reply, 200, null, '{"n": 3}')).toEqual({ n: 3 }));

  it("that refuses carries the server's code and words", () => {
    const text = JSON.stringify({ error: { code: "overloaded", message: "wait a little", details: [1] } });
    expect(failure(() => readReply(Reply, 429, "2", text))).toMatchObject({
      code: "overloaded",
      message: "wait a little",
      status: 429,
      details: [1],
      retryAfterMs: 2000,
    });
  });

  it("that fails without words is still told in words", () => {
    expect(failure(() => readReply(Reply, 502, null, "<html>"))).toMatchObject({
      status: 502,
      message: "The server answered 502 without saying why.",
    });
  });

  it("in another shape names the place", () => {
    const error = failure(() => readReply(Reply, 200, null, '{"n": "far"}'));
    expect(error.code).toBe("unexpected_reply");
    expect(error.message).toContain("(n: ");
  });
});

describe("a request", () => {
  it("that reaches nobody says so", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(request(async () => Reply, "/x")).rejects.toMatchObject({ code: "unreachable", status: 0 });
  });

  it("that was cancelled stays a cancellation", async () => {
    const cancel = new AbortController();
    cancel.abort();
    vi.stubGlobal("fetch", () => Promise.reject(cancel.signal.reason));
    await expect(request(async () => Reply, "/x", { signal: cancel.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("sends JSON as such", async () => {
    const fetched = vi.fn(async () => new Response('{"n": 1}'));
    vi.stubGlobal("fetch", fetched);
    await request(async () => Reply, "/x", { method: "PATCH", json: { a: 1 } });
    expect(fetched).toHaveBeenCalledWith(
      "/x",
      expect.objectContaining({
        method: "PATCH",
        body: '{"a":1}',
        headers: expect.objectContaining({ "content-type": "application/json" }),
      }),
    );
  });
});

describe("asking again", () => {
  it.each([
    [0, true],
    [429, true],
    [503, true],
    [400, false],
    [404, false],
  ])("after status %s: %s", (status, again) => {
    expect(worthRetrying(new ApiError("", { code: "", status }))).toBe(again);
  });
});
