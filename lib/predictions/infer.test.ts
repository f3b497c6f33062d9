import { describe, expect, it } from "vitest";
import { checkName, inferColumns, inferPositiveClass, inferSegments, inferTask } from "./infer";
import type { ParsedRow } from "./parse";

const row = (over: Partial<ParsedRow>): ParsedRow => ({
  index: 0,
  id: "a",
  tsMs: 0,
  features: {},
  prediction: null,
  score: null,
  scores: null,
  latencyMs: null,
  error: null,
  segment: null,
  ...over,
});

describe("inferColumns", () => {
  it("goes by the majority, so that one bad row does not decide a type", () => {
    const rows = ["far", 3, 4].map((distance) => row({ features: { distance } }));
    expect(inferColumns(rows)).toEqual([{ role: "feature", name: "distance", type: "numerical" }]);
  });

  it("takes flags for categories and leaves a column of nulls open", () => {
    expect(inferColumns([row({ features: { flag: true, empty: null } })])).toEqual([
      { role: "feature", name: "flag", type: "categorical" },
      { role: "feature", name: "empty", type: null },
    ]);
  });

  it("leaves out names that every object has", () => {
    const features = JSON.parse('{"__proto__": 1, "constructor": 2, "x": 3}');
    expect(inferColumns([row({ features })]).map((column) => column.name)).toEqual(["x"]);
    expect(checkName("toString")).toContain("reserved");
  });
});

describe("inferTask", () => {
  it("tells classes from values", () => {
    expect(inferTask([row({ prediction: "late" })])).toBe("classification");
    expect(inferTask([row({ prediction: 1, score: 0.7 })])).toBe("classification");
    expect(inferTask([row({ prediction: true })])).toBe("classification");
    expect(inferTask([row({ prediction: 12.5 })])).toBe("regression");
    expect(inferTask([row({ error: "timeout" })])).toBeNull();
  });
});

describe("inferPositiveClass", () => {
  it("is the class that comes with the higher scores", () => {
    const rows = [row({ prediction: "late", score: 0.3 }), row({ prediction: "on_time", score: 0.1 })];
    expect(inferPositiveClass(rows)).toBe("late");
  });

  it("is left open while one class has been seen at low scores", () => {
    expect(inferPositiveClass([row({ prediction: "on_time", score: 0.1 })])).toBeNull();
    expect(inferPositiveClass([row({ prediction: "late", score: 0.9 })])).toBe("late");
  });

  it("is the second of two sorted names when each class has its probability", () => {
    expect(inferPositiveClass([row({ prediction: "b", scores: { b: 0.6, a: 0.4 } })])).toBe("b");
  });
});

describe("inferSegments", () => {
  it("names each new key once", () => {
    const rows = [row({ segment: { a: "1", b: "2" } }), row({ segment: { b: "3" } })];
    expect(inferSegments(rows, new Map([["a", {}]])).map((column) => column.name)).toEqual(["b"]);
  });
});
