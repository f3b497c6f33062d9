import { expect, test } from "vitest";
import { evaluationColumn } from "@/lib/datasets/columns";
import { readDataset } from "@/lib/datasets/read";
import { rowEncoder } from "./encode-rows";
import type { EvaluationColumn } from "./input";
import { InputColumn } from "./input-mapping";
import { placeOf } from "./place-of";

async function csv(cells: string[]): Promise<EvaluationColumn> {
  async function* bytes() {
    yield new TextEncoder().encode(`row,x\n${cells.map((cell, row) => `${row},${cell}`).join("\n")}\n`);
  }
  const { table } = await readDataset("x.csv", bytes());
  return evaluationColumn(table.columns[1]!);
}

const places = (column: EvaluationColumn, names: string[], rows: number) => {
  const placeAt = placeOf(column, new Map(names.map((name, place) => [name, place])));
  return Array.from({ length: rows }, (_, row) => placeAt(row));
};

test.each([
  ["the space of the file", [" Private", " Gov", "NA"], [" Gov", " Private"], [1, 0, undefined]],
  ["a list without the space", [" Private", " Gov"], ["Gov", "Private"], [1, 0]],
  ["a list with the space, a file without", ["Private"], [" Private"], [0]],
  ["both spellings, apart where both are listed", ["a", " a"], [" a", "a"], [1, 0]],
  ["booleans of Python", ["True", "False", ""], ["False", "True"], [1, 0, undefined]],
  ["booleans of R, and of JSON in the list", ["TRUE", "FALSE"], ["false", "true"], [1, 0]],
  ["days", ["2024-01-01", "2024-01-02"], ["2024-01-02", "2024-01-01"], [1, 0]],
  ["a moment in another zone", ["2024-01-01T00:00:00Z"], ["2024-01-01 02:00:00+02:00"], [0]],
  [
    "milliseconds, as few moments are listed",
    ["2024-01-01", "2024-01-02"],
    ["1704067200000"],
    [0, undefined],
  ],
  ["numbers with a point in the list", ["1", "2", "3"], ["1.0", "2.0"], [0, 1, undefined]],
  ["numbers with a point in the file", ["1.0", "2.0"], ["2", "1"], [1, 0]],
  ["two spellings of a number, of which the plain one counts", ["1.0"], ["1.0", "1"], [1]],
  ["0, which is not the empty text", ["0", "1"], ["0", ""], [0, undefined]],
])("a value finds its category: %s", async (_, cells, names, expected) => {
  expect(places(await csv(cells), names, cells.length)).toEqual(expected);
});

test.each([
  [" Private", " Gov"],
  ["True", "False"],
  ["2024-01-02", "2024-01-01"],
  ["2.0", "1.0"],
])("one-hot, ordinal and dictionary all find %j and %j as the file spells them", async (second, first) => {
  const column = await csv([second, first]);
  const inputs = [
    { kind: "one_hot", feature: "x", categories: [first, second] },
    { kind: "ordinal", feature: "x", categories: [first, second] },
    { kind: "dictionary", feature: "x", values: { [first]: 0.5, [second]: -2 } },
  ].map((input) => InputColumn.parse(input));
  const spec = { name: "in", type: "float32" as const, shape: [4], width: 4 };
  const [encoded] = rowEncoder({ inputs }, [column], [spec]).encode(0, 2, () => expect.fail("refused"));
  expect([...encoded!.values]).toEqual([0, 1, 1, -2, 1, 0, 0, 0.5]);
});
