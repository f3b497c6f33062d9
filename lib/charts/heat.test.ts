import { describe, expect, it } from "vitest";
import { bucketsPerColumn, largestOf } from "./columns";
import { HEAT_LEVELS, heatLevel, prepareHeatRow } from "./heat";

describe("the shade of a cell", () => {
  it("is palest within what chance gives, however large the distance", () => {
    expect(heatLevel(0.2, 0.25)).toBe(0);
    expect(heatLevel(0.26, 0.25)).toBeGreaterThan(0);
  });

  it("deepens at the breaks and ends at the last shade", () => {
    expect(heatLevel(0.01, null)).toBe(1);
    expect(heatLevel(0.1, 0.01)).toBe(3);
    expect(heatLevel(1, 0.01)).toBe(HEAT_LEVELS - 1);
  });

  it("does not exist where nothing was measured", () => {
    expect(heatLevel(null, null)).toBeNull();
  });
});

describe("a row of cells", () => {
  it("keeps empty buckets apart from shaded ones", () => {
    const row = prepareHeatRow({ effect: [0.4, null, 0], band: [0.01, null, 0.01], width: 300, height: 18 });
    expect(row.empty).toBe("M100.00 0h99.40v18h-99.40z");
    expect(row.shades.map(({ level }) => level)).toEqual([0, 6]);
  });

  it("shares columns when buckets are narrower than a pixel and a half, showing the largest", () => {
    expect(bucketsPerColumn({ count: 150, width: 930 })).toBe(1);
    expect(bucketsPerColumn({ count: 744, width: 240 })).toBe(5);
    expect(largestOf([0.1, 0.5, null, null, null, 0.2, 0.3], 2)).toEqual([0.5, null, 0.2, 0.3]);
  });

  it("is nothing for no buckets", () => {
    expect(prepareHeatRow({ effect: [], band: [], width: 300, height: 18 })).toEqual({
      shades: [],
      empty: "",
      perColumn: 1,
    });
  });
});
