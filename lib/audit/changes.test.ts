import { describe, expect, it } from "vitest";
import { changedLeaves } from "./changes";

describe("what changed between two values", () => {
  it("is named by its path, with both values", () => {
    expect(
      changedLeaves({ settings: { alpha: 0.05, floor: 0.1 } }, { settings: { alpha: 0.01, floor: 0.1 } }),
    ).toEqual([{ path: "settings.alpha", before: 0.05, after: 0.01 }]);
  });

  it("calls the members of a list by their names", () => {
    expect(changedLeaves([{ name: "distance", unit: null }], [{ name: "distance", unit: "miles" }])).toEqual([
      { path: "distance.unit", before: null, after: "miles" },
    ]);
  });

  it("is everything where there was nothing before, and the other way round", () => {
    expect(changedLeaves(null, { rows: 3 })).toEqual([{ path: "rows", before: null, after: 3 }]);
    expect(changedLeaves({ rows: 3 }, null)).toEqual([{ path: "rows", before: 3, after: null }]);
  });

  it("is one unnamed change between two plain values, and none between equal ones", () => {
    expect(changedLeaves("a", "b")).toEqual([{ path: "", before: "a", after: "b" }]);
    expect(changedLeaves({ a: [1, 2] }, { a: [1, 2] })).toEqual([]);
  });
});
