import fc from "fast-check";
import { expect, test } from "vitest";
import { draftOf, gateOf } from "./gate-fields";
import { Gate, type SliceChoice } from "./schema";

const gateOn = (slice: SliceChoice) =>
  Gate.parse({ kind: "metric", metric: "auc", at_least: 0.75, minimum_n: 30, slice });
const textOf = (slice: SliceChoice) => draftOf(gateOn(slice)).values.slice;
const read = (text: string) => gateOf({ kind: "metric", values: { metric: "auc", slice: text } }).slice;

test.each<[SliceChoice, string]>([
  [[{ feature: "carrier", value: "AA" }], "carrier=AA"],
  [
    [
      { feature: "carrier", value: "AA" },
      { feature: "month", value: null },
    ],
    "carrier=AA, month",
  ],
  [[{ feature: "delay", value: "[0, 10)" }], "delay=[0, 10)"],
  [
    [
      { feature: "delay", value: "[-1.5, 10]" },
      { feature: "carrier", value: "AA" },
    ],
    "delay=[-1.5, 10], carrier=AA",
  ],
  [[{ feature: "city", value: "Washington, DC" }], '[{"feature":"city","value":"Washington, DC"}]'],
  [[{ feature: "a=b", value: "c" }], '[{"feature":"a=b","value":"c"}]'],
  [[{ feature: "x", value: "a\nb" }], '[{"feature":"x","value":"a\\nb"}]'],
])("%j is shown so that it is read again", (slice, text) => {
  expect(textOf(slice)).toBe(text);
  expect(read(text)).toEqual(slice);
});

test("every slice is saved as it was opened", () => {
  const pieces = [
    ",",
    ", ",
    "=",
    '"',
    "'",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "\\",
    "\n",
    " ",
    "é",
    "東京",
    "👩‍🚀",
    "0",
    "10",
    "a",
  ];
  const made = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      "[0, 10)",
      "(−1, 2]",
      "Washington, DC",
      "[{",
      '[{"feature":"x","value":null}]',
      "null",
      "x=y",
    ),
  );
  const value = fc.oneof(made, fc.constant(""), fc.constant(null));
  const slices = fc.array(fc.record({ feature: made, value }), { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(slices, (slice) => {
      const gate = gateOn(slice);
      const sent = gateOf(draftOf(gate));
      expect(sent.slice).toEqual(slice);
      expect(Gate.parse(sent)).toEqual(gate);
    }),
    { numRuns: 5_000 },
  );
});

test("JSON that was damaged is left to the server, which refuses it", () => {
  const sent = gateOf({
    kind: "metric",
    values: { metric: "auc", at_least: "0.75", slice: '[{"feature":"city","value":"Washington, DC"]' },
  });
  expect(Gate.safeParse(sent).error?.issues[0]?.path).toEqual(["slice"]);
});
