import { expect, it } from "vitest";
import { calibrate } from "./calibration";
import { pseudoRandom } from "./compute.fixture";
import { placeBounds, SCORE_KEYS, scoreKey } from "./score-keys";

const place = (score: number) => scoreKey(score) + 2700;

it("has a place for every probability, whose bounds hold it", () => {
  const random = pseudoRandom(5);
  for (const score of [0, 1e-12, 1e-9, 1e-6, 0.5, 1 - 1e-9, 1, ...Array.from({ length: 200 }, random)]) {
    const { from, to } = placeBounds(place(score));
    expect(place(score)).toBeGreaterThanOrEqual(0);
    expect(place(score)).toBeLessThan(SCORE_KEYS);
    expect(score).toBeGreaterThanOrEqual(from - 1e-12);
    expect(score).toBeLessThanOrEqual(to + 1e-12);
  }
});

it("shows a calibrated model on the diagonal, in ten groups of a tenth", () => {
  const random = pseudoRandom(11);
  const sides = { positive: new Float64Array(SCORE_KEYS), negative: new Float64Array(SCORE_KEYS) };
  for (let i = 0; i < 100_000; i++) {
    const score = random();
    sides[random() < score ? "positive" : "negative"][place(score)]!++;
  }
  const groups = calibrate(sides)!;
  expect(groups).toHaveLength(10);
  for (const group of groups) {
    expect(group.n / 10_000).toBeCloseTo(1, 1);
    expect(Math.abs(group.mean_score - group.positive_share)).toBeLessThan(0.02);
    expect(group.mean_score).toBeGreaterThanOrEqual(group.from);
    expect(group.mean_score).toBeLessThanOrEqual(group.to);
  }
});

it("is null without a scored row, and one group where all scores are alike", () => {
  const sides = { positive: new Float64Array(SCORE_KEYS), negative: new Float64Array(SCORE_KEYS) };
  expect(calibrate(sides)).toBeNull();
  sides.positive[place(0.3)] = 3;
  sides.negative[place(0.3)] = 7;
  expect(calibrate(sides)).toMatchObject([{ n: 10, positive_share: 0.3 }]);
});
