import { describe, expect, it } from "vitest";
import { drifting, feature, report } from "@/lib/drift/verdict.fixture";
import { nextSort, prepareDriftRows, sortDriftRows } from "./drift-columns";

const rows = prepareDriftRows(
  report([feature("b", { effect: 0.02, q_value: 0.5 }), drifting("a", 0.4, { q_value: 0.001 })], {
    score: drifting("score", 0.2, { q_value: 0.01 }),
  }),
);
const names = (...sort: Parameters<typeof sortDriftRows>) =>
  sortDriftRows(...sort).map((row) => row.feature.name);

describe("the rows of the ranking", () => {
  it("are what moved first, outputs among them and marked", () => {
    expect(rows.map((row) => [row.feature.name, row.output])).toEqual([
      ["a", false],
      ["score", true],
      ["b", false],
    ]);
  });

  it("sort by any column, the most certain q first", () => {
    expect(names(rows, { id: "feature", direction: "asc" })).toEqual(["a", "b", "score"]);
    expect(names(rows, { id: "distance", direction: "asc" })).toEqual(["b", "score", "a"]);
    expect(names(rows, { id: "q", direction: "desc" })).toEqual(["a", "score", "b"]);
  });

  it("come back to the ranking at the third click", () => {
    const first = nextSort(null, "psi");
    const second = nextSort(first, "psi");
    expect([first?.direction, second?.direction, nextSort(second, "psi")]).toEqual(["desc", "asc", null]);
    expect(nextSort(second, "q")).toEqual({ id: "q", direction: "desc" });
  });
});
