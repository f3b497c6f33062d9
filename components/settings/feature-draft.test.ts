import { describe, expect, it } from "vitest";
import type { Feature } from "@/lib/models/schema";
import { draftOf, draftPatch, draftProblems, isChanged } from "./feature-draft";

const DISTANCE: Feature = {
  name: "distance",
  role: "feature",
  type: "numerical",
  state: "inferred",
  monitored: true,
  unit: "miles",
  description: null,
  thresholds: { effect_floor: 0.2 },
};
const edited = (change: Partial<ReturnType<typeof draftOf>>) => ({ ...draftOf(DISTANCE), ...change });

describe("a corrected feature", () => {
  it("is unchanged as it came", () => expect(isChanged(draftOf(DISTANCE), DISTANCE)).toBe(false));

  it("sends only what was changed", () => {
    expect(draftPatch(edited({ type: "categorical", unit: "" }), DISTANCE)).toEqual({
      features: [{ name: "distance", role: "feature", type: "categorical", unit: null }],
    });
  });

  it("keeps the other threshold when one changes, and drops both when both are emptied", () => {
    expect(draftPatch(edited({ alpha: "0.01" }), DISTANCE).features?.[0]?.thresholds).toEqual({
      effect_floor: 0.2,
      alpha: 0.01,
    });
    expect(draftPatch(edited({ effectFloor: "" }), DISTANCE).features?.[0]?.thresholds).toBeNull();
  });

  it("has its thresholds checked", () => {
    expect(draftProblems(edited({ effectFloor: "0", alpha: "" }))).toEqual({});
    expect(Object.keys(draftProblems(edited({ effectFloor: "1.5", alpha: "0" })))).toEqual([
      "effectFloor",
      "alpha",
    ]);
    expect(Object.keys(draftProblems(edited({ effectFloor: "far" })))).toEqual(["effectFloor"]);
  });
});
