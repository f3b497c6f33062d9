import { describe, expect, it } from "vitest";
import { prepareCalibration } from "./calibration";

const bin = (n: number, mean_score: number, positive_share: number) => ({ n, mean_score, positive_share });

describe("calibration", () => {
  it("leaves out bins without rows", () => {
    expect(prepareCalibration([bin(0, 0, 0), bin(10, 0.5, 0.5)]).points).toHaveLength(1);
  });

  it("names the bin that is furthest off, if chance does not explain it", () => {
    // At score 0.5 and n = 100 chance gives ±0.098.
    expect(prepareCalibration([bin(100, 0.5, 0.58)]).worst).toBeNull();
    const { worst } = prepareCalibration([bin(100, 0.5, 0.62), bin(10_000, 0.3, 0.35)]);
    expect(worst).toMatchObject({ score: 0.5, share: 0.62 });
    expect(worst?.chance).toBeCloseTo(0.098);
  });
});
