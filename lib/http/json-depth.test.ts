import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooDeep } from "./json-depth";

const bytes = (text: string) => Buffer.from(text);

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("brackets in strings are no levels", () => {
  expect(isTooDeep(bytes(`"${"[".repeat(100)}"`), 1)).toBe(false);
  expect(isTooDeep(bytes(String.raw`["\"[[[", "\\", [1]]`), 2)).toBe(false);
  expect(isTooDeep(bytes(String.raw`["\\", [[1]]]`), 2)).toBe(true);
});

test("what is deep is what the parsed value says", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, limit) => {
      expect(isTooDeep(bytes(JSON.stringify(value)), limit)).toBe(depthOf(value) > limit);
    }),
  );
});

test("unfinished and unbalanced text is answered, not thrown at", () => {
  for (const text of ['"', '"\\', "]]]]", "", "[[["])
    expect(typeof isTooDeep(bytes(text), 2)).toBe("boolean");
});
