import { expect, test } from "vitest";
import { matching, nextOrder, type Order, ordered } from "./ordered";

type Row = { name: string; n: number | null };
const rows: Row[] = [
  { name: "v10", n: 3 },
  { name: "v9", n: null },
  { name: "V2", n: 3 },
  { name: "v1", n: -1 },
];
const values = { name: (row: Row) => row.name, n: (row: Row) => row.n };
const by = (order: Order<keyof typeof values>) => ordered(rows, order, values).map(({ name }) => name);

test("numbers in names count as numbers, what is missing comes last both ways, equals stay as they came", () => {
  expect(by(null)).toEqual(["v10", "v9", "V2", "v1"]);
  expect(by({ by: "name", direction: "asc" })).toEqual(["v1", "V2", "v9", "v10"]);
  expect(by({ by: "n", direction: "asc" })).toEqual(["v1", "v10", "V2", "v9"]);
  expect(by({ by: "n", direction: "desc" })).toEqual(["v10", "V2", "v1", "v9"]);
});

test("the third click gives the page's own order back", () => {
  const first = nextOrder<"n" | "name">(null, "n", "desc");
  const second = nextOrder(first, "n", "desc");
  expect([first?.direction, second?.direction, nextOrder(second, "n", "desc")]).toEqual([
    "desc",
    "asc",
    null,
  ]);
  expect(nextOrder(second, "name", "asc")).toEqual({ by: "name", direction: "asc" });
});

test("every word must be somewhere in the row", () => {
  const wordsOf = ({ name, n }: Row) => [name, n === null ? null : `n ${n}`];
  expect(matching(rows, " V 3 ", wordsOf).map(({ name }) => name)).toEqual(["v10", "V2"]);
  expect(matching(rows, "", wordsOf)).toEqual(rows);
  expect(matching(rows, "v null", wordsOf)).toEqual([]);
});
