import { expect, test } from "vitest";
import { isClosedSocketWrite } from "./guard";
import { Shared } from "./shared";

test("only the driver's write to a closed socket is survived", () => {
  const known = new TypeError("Cannot read properties of null (reading 'write')");
  known.stack = `${known}\n    at Immediate.nextWrite (file:///postgres/src/connection.js:255:22)`;
  expect(isClosedSocketWrite(known)).toBe(true);
  expect(isClosedSocketWrite(new TypeError("Cannot read properties of null (reading 'write')"))).toBe(false);
  expect(isClosedSocketWrite(new Error("anything"))).toBe(false);
  expect(isClosedSocketWrite("text")).toBe(false);
});

test("shared values are made once and closed newest first, whatever fails", async () => {
  const shared = new Shared();
  const closed: string[] = [];
  expect(
    shared.get(
      "a",
      () => 1,
      () => closed.push("a"),
    ),
  ).toBe(1);
  expect(shared.get("a", () => 2)).toBe(1);
  shared.get(
    "b",
    () => 0,
    () => {
      closed.push("b");
      throw new Error("no");
    },
  );
  await shared.close();
  expect(closed).toEqual(["b", "a"]);
  expect(shared.get("a", () => 3)).toBe(3);
});
