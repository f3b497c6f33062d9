import { expect, test } from "vitest";
import { z } from "zod";
import {
  bool,
  double,
  int64,
  list,
  parseMessage,
  readMessage,
  required,
  runId,
  runIdOf,
  tag,
  text,
} from "./message";

const read = (body: string | undefined, type: string | null = "application/json", method = "POST") => {
  const url = new URL("http://localhost/api/2.0/mlflow/runs/log-batch");
  const headers: Record<string, string> = type === null ? {} : { "content-type": type };
  // A body of text would get a type of its own.
  const bytes = body === undefined ? {} : { body: Buffer.from(body) };
  return readMessage(new Request(url, { method, headers, ...bytes }), url, {}, 1000);
};
const ask = (query: string) => {
  const url = new URL(`http://localhost/api/2.0/mlflow/runs/get?${query}`);
  return readMessage(new Request(url), url, {}, 1000);
};
const value = (schema: z.ZodType, given: unknown) => parseMessage(z.object({ p: schema }), { p: given }).p;

test("a body is a JSON object, or none, or of old one in a JSON string", async () => {
  expect(await read('{"a":1}')).toEqual({ a: 1 });
  expect(await read('{"a":1}', "application/json; charset=utf-8")).toEqual({ a: 1 });
  expect(await read('{"a":1}', null)).toEqual({ a: 1 });
  expect(await read(undefined)).toEqual({});
  expect(await read("  \n")).toEqual({});
  expect(await read(JSON.stringify('{"a":1}'))).toEqual({ a: 1 });
  expect(await read('{"a":1}', "application/json", "DELETE")).toEqual({ a: 1 });
});

test("what is no JSON object is refused in words", async () => {
  for (const [body, words] of [
    ["{", "not JSON"],
    ["[1]", "not a JSON object"],
    ["null", "not a JSON object"],
    ['"text"', "not JSON"],
    ['{"a":"\\u0000"}', "request"],
  ] as const) {
    await expect(read(body), body).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining(words),
    });
  }
  await expect(read("a=1", "application/x-www-form-urlencoded")).rejects.toMatchObject({
    code: "unsupported_media_type",
    message: expect.stringContaining("application/x-www-form-urlencoded"),
  });
  await expect(read(`{"a":"${"x".repeat(1000)}"}`)).rejects.toMatchObject({ code: "too_large" });
});

test("a null is a field left out, however deep", async () => {
  expect(await read('{"a":null,"b":[{"c":null,"d":1}]}')).toEqual({ b: [{ d: 1 }] });
});

test("a query says a list by repeating its name, and the path's own values come before it", async () => {
  expect(await ask("order_by=a&order_by=b&max_results=3")).toEqual({
    order_by: ["a", "b"],
    max_results: "3",
  });
  const url = new URL("http://localhost/x?model_id=query");
  expect(await readMessage(new Request(url), url, { model_id: "path" }, 1000)).toEqual({ model_id: "path" });
  expect(value(list(text), "one")).toEqual(["one"]);
  expect(value(list(text), undefined)).toEqual([]);
});

test("numbers may be text, and NaN and the infinities always are", () => {
  expect(value(int64, "12")).toBe(12);
  expect(value(int64, -3)).toBe(-3);
  expect(value(int64, "1e3")).toBe(1000);
  expect(value(double, "1.5")).toBe(1.5);
  expect(value(double, "NaN")).toBeNaN();
  for (const word of ["Infinity", "inf", "Inf"]) expect(value(double, word)).toBe(Number.POSITIVE_INFINITY);
  for (const word of ["-Infinity", "-inf"]) expect(value(double, word)).toBe(Number.NEGATIVE_INFINITY);
  for (const word of ["true", "True", "1"]) expect(value(bool, word)).toBe(true);
  for (const word of ["false", "False", "0"]) expect(value(bool, word)).toBe(false);
  expect(value(tag, { key: "k" })).toEqual({ key: "k", value: "" });
});

test("what a field must not be is named with the value, as MLflow's clients look for it", () => {
  const refusal = (schema: z.ZodType, given: unknown) => () => value(schema, given);
  expect(refusal(int64, 1.5)).toThrow("Invalid value 1.5 for parameter 'p' supplied");
  expect(refusal(int64, "0x10")).toThrow("Invalid value \"0x10\" for parameter 'p' supplied");
  expect(refusal(int64, "")).toThrow("Missing value for required parameter 'p'.");
  expect(refusal(double, "fast")).toThrow("Invalid value \"fast\" for parameter 'p' supplied");
  expect(refusal(required, "")).toThrow("Missing value for required parameter 'p'.");
  expect(refusal(required, undefined)).toThrow("Missing value for required parameter 'p'.");
  expect(refusal(list(tag), [{ key: "a" }, { key: 7 }])).toThrow("Invalid value 7 for parameter 'p[1].key'");
  expect(refusal(list(tag), "foo")).toThrow("Invalid value \"foo\" for parameter 'p' supplied");
  expect(refusal(int64, "x".repeat(1000))).toThrow(/^Invalid value "x{299}… for parameter 'p'/);
});

test("a run goes by run_id, and of old by run_uuid", () => {
  const id = (message: object) => runIdOf(parseMessage(z.object(runId), message));
  expect(id({ run_id: "a", run_uuid: "b" })).toBe("a");
  expect(id({ run_uuid: "b" })).toBe("b");
  expect(() => id({})).toThrow("Missing value for required parameter 'run_id'.");
});
