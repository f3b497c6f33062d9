import { describe, expect, it } from "vitest";
import { stackLanes } from "./lanes";
import { prepareVolume } from "./volume";

describe("volume bars", () => {
  it("stack labelled, waiting and failed predictions to the bucket's count", () => {
    const volume = prepareVolume({
      buckets: [{ n: 100, labelled: 60, errors: 10 }],
      width: 3,
      height: 50,
    });
    expect(volume.max).toBe(100);
    expect(volume.labelled).toBe("M0.00 50.00V20.00h3.00V50.00z");
    expect(volume.waiting).toBe("M0.00 20.00V5.00h3.00V20.00z");
    expect(volume.errors).toBe("M0.00 5.00V0.00h3.00V5.00z");
  });

  it("draw nothing for an empty or absent bucket", () => {
    const volume = prepareVolume({
      buckets: [null, { n: 0, labelled: 0, errors: 0 }],
      width: 20,
      height: 50,
    });
    expect(volume).toEqual({ max: 0, labelled: "", waiting: "", errors: "" });
  });
});

describe("lanes", () => {
  it("stand under one another with their gaps", () => {
    const { lanes, height } = stackLanes([
      { key: "a", height: 18, gapAbove: 0 },
      { key: "b", height: 50, gapAbove: 12 },
    ]);
    expect(lanes.map(({ top }) => top)).toEqual([0, 30]);
    expect(height).toBe(80);
  });
});
