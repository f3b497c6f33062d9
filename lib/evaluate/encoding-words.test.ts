import { expect, test } from "vitest";
import { encodingWords } from "./encoding-words";
import { InputColumn } from "./input-mapping";

test.each([
  [{ kind: "number", feature: "x" }, "the number as it is; missing: refused"],
  [
    {
      kind: "number",
      feature: "x",
      divisor: 10,
      transform: "asinh",
      scale: { kind: "standard", mean: 3.25, deviation: 1.5 },
      missing: 0,
      missing_indicator: true,
    },
    "÷ 10, asinh, mean 3.25 and deviation 1.5 taken out; missing: 0, and 1 in a column of its own",
  ],
  [
    { kind: "number", feature: "x", scale: { kind: "range", min: -1, max: 2000 } },
    "-1 to 2,000 become 0 to 1; missing: refused",
  ],
  [{ kind: "one_hot", feature: "x", categories: ["a", "b"] }, "one-hot of a, b; others: zeros"],
  [
    { kind: "one_hot", feature: "x", categories: ["a", "b", "c", "d"], other: "column" },
    "one-hot of 4 categories (a, b, c, …); others: a column of their own",
  ],
  [{ kind: "ordinal", feature: "x", categories: ["a"] }, "place among a; others: refused"],
  [
    { kind: "dictionary", feature: "x", values: { a: 1, b: 0.5, c: -2, d: 4 }, other: 0 },
    "a → 1, b → 0.5, c → -2, … (4 categories); others: 0",
  ],
  [{ kind: "text", feature: "x" }, "the text as it is"],
  [{ kind: "text", feature: "x", missing: "none" }, "the text as it is; missing: none"],
])("%j is told as words", (input, words) => {
  expect(encodingWords(InputColumn.parse(input))).toBe(words);
});
