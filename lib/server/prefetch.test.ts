import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Store } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { isOwnPage, isVisit, type Principal } from "@/lib/http/principal";
import { readSettings } from "@/lib/settings";
import { type Answer, prefetch } from "./prefetch";
import { createRuntime, installRuntime } from "./runtime";

const store = { db: {}, kind: "embedded", description: "none", close: async () => {} } as unknown as Store;

beforeEach(() => installRuntime(createRuntime(readSettings({}), store)));
afterEach(() => vi.useRealTimers());
afterAll(() => installRuntime(null));

const VISIT: Principal = {
  actor: "person:vera@example.org",
  scopes: ["read", "ingest", "admin"],
  person: { id: "1", email: "vera@example.org", name: "Vera", role: "viewer", model_roles: [] },
  sessionId: "1",
};

const answer = (name: string, verb: () => Promise<unknown>): Answer<{ n: number }> => ({
  query: { queryKey: [name] },
  reply: z.object({ n: z.number() }),
  verb,
});

const answered = async (visitor: Principal, ...answers: Answer<unknown>[]) => {
  const state = await prefetch(Promise.resolve(visitor), {
    scope: "read",
    load: (ask) => Promise.all(answers.map((each) => ask(each))),
  });
  return state && Object.fromEntries(state.queries.map((each) => [each.queryKey[0], each.state.data]));
};

test("a visitor's page holds what the verbs answer, in the shape the browser would have fetched", async () => {
  const verb = async () => ({ n: 7, of: "no concern" });
  expect(await answered(VISIT, answer("a", verb))).toEqual({ a: { n: 7 } });
});

test("what fails, or is not in the shape the page knows, is left to the browser; the rest stays", async () => {
  const failing = async () => {
    throw new TidemarkError("not_found", "there is no such model");
  };
  expect(
    await answered(
      VISIT,
      answer("lost", failing),
      answer("odd", async () => ({ n: "seven" })),
      answer("kept", async () => ({ n: 7 })),
    ),
  ).toEqual({ kept: { n: 7 } });
});

test("a page does not wait for a slow answer, but holds the quick ones", async () => {
  const start = performance.now();
  const never = () => new Promise(() => {});
  expect(
    await answered(
      VISIT,
      answer("slow", never),
      answer("quick", async () => ({ n: 7 })),
    ),
  ).toEqual({
    quick: { n: 7 },
  });
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("a list that grows page by page begins with its first page", async () => {
  const list = { ...answer("list", async () => ({ n: 7 })) };
  list.query = { queryKey: ["list"], initialPageParam: undefined };
  expect(await answered(VISIT, list)).toEqual({ list: { pages: [{ n: 7 }], pageParams: [undefined] } });
});

test.each<[who: string, visitor: Principal, scope: "read" | "admin", may: boolean]>([
  ["a viewer, of what they may read", VISIT, "read", true],
  ["a viewer, of what is an administrator's", VISIT, "admin", false],
  ["nobody", { actor: "anonymous", scopes: [] }, "read", false],
])("a page holds what its visitor may see: %s", async (_, visitor, scope, may) => {
  const state = await prefetch(Promise.resolve(visitor), {
    scope,
    load: (ask) => ask(answer("a", async () => ({ n: 7 }))),
  });
  expect(state?.queries.map((each) => each.state.data) ?? null).toEqual(may ? [{ n: 7 }] : null);
});

test.each([
  [
    "a link on another site, which opens the page",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    true,
  ],
  ["a browser on plain http, which sends no Sec-Fetch-Site", {}, true],
  ["this server's own page", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }, true],
  ["a script of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, false],
  ["a form of another site", { origin: "https://elsewhere.example", "sec-fetch-mode": "navigate" }, false],
])("whose cookie counts when a page is opened: %s", (_, headers, counts) => {
  const sent = new Headers({ host: "localhost:3000", ...headers });
  expect(isOwnPage(sent) || isVisit(sent)).toBe(counts);
});
