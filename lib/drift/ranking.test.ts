import { describe, expect, it } from "vitest";
import { prepareHeatmap, rankFeatures, rowVerdict } from "./ranking";
import { drifting, feature, report, timeline } from "./verdict.fixture";

describe("the ranking", () => {
  it("puts what moved before what is only far, and what could not be computed last", () => {
    const far = feature("far", { effect: 0.5, sizeable: true, significant: false });
    const broken = feature("broken", { state: "not_computable", effect: null, drift_detected: null });
    const names = rankFeatures([broken, feature("near"), far, drifting("moved", 0.2)]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["moved", "far", "near", "broken"]);
  });

  it("orders the heatmap by it, capped, and never hides the chosen feature", () => {
    const base = timeline("a", [0.1]);
    const rows = ["a", "b", "c"].map((name) => ({ ...base.features[0]!, name }));
    const ranked = report([feature("a"), drifting("c"), feature("b", { effect: 0.05 })]);
    const heatmap = (cap: number, chosen: string | null) =>
      prepareHeatmap({ timeline: { ...base, features: rows }, report: ranked, cap, chosen });
    expect(heatmap(2, null)).toMatchObject({ rows: [{ name: "c" }, { name: "b" }], hidden: 1 });
    expect(heatmap(1, "a").rows.map(({ name }) => name)).toEqual(["c", "a"]);
  });
});

describe("a row's word", () => {
  const word = (over: Parameters<typeof feature>[1]) => rowVerdict(feature("a", over)).text;

  it("says which of the two conditions failed", () => {
    expect(word({ significant: true, sizeable: false })).toBe("within floor");
    expect(word({ significant: false, sizeable: true })).toBe("not significant");
    expect(word({ significant: false, sizeable: false })).toBe("within chance");
    expect(word({ drift_detected: true, significant: true, sizeable: true, severity: "high" })).toBe("high");
    // Over the floor, yet no further than chance carries it: the floor is not what is missing.
    expect(word({ significant: true, sizeable: false, effect: 0.15, effect_band: 0.154 })).toBe(
      "within chance",
    );
    expect(word({ state: "not_computable" })).toBe("not computable");
  });
});
