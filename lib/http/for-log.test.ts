import { expect, test } from "vitest";
import { forLog } from "./for-log";

test("what a failed statement was given does not get into the log", () => {
  const cause = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
  const error = new Error(`Failed query: SELECT ${"x".repeat(1000)}\nparams: secret,values`, { cause });
  const text = JSON.stringify(forLog(error));
  expect(text).not.toContain("secret");
  expect(forLog(error).message).toHaveLength(501);
  expect(forLog(error).cause).toMatchObject({ code: "ECONNREFUSED", message: "connection refused" });
  expect(forLog(error).stack).toMatch(/^\s+at /);
});

test("anything that is thrown can be logged, also what is its own cause", () => {
  const loop = new Error("loop");
  loop.cause = loop;
  expect(JSON.stringify(forLog(loop)).length).toBeLessThan(20_000);
  expect(forLog("text")).toEqual({ type: "string", message: "text" });
  expect(forLog(undefined)).toEqual({ type: "undefined", message: "undefined" });
});
