import { describe, expect, it } from "vitest";
import { prepareLine } from "./line";
import { domainOf, heightOf, roundTicks } from "./scale";

const point = (value: number | null, ripe = true) => ({ value, ripe });
const draw = (points: ReturnType<typeof point>[]) =>
  prepareLine({ points, domain: [0, 1], width: points.length * 10, height: 100 });

describe("a line", () => {
  it("joins neighbours at the middle of their buckets", () => {
    expect(draw([point(0), point(1), point(0.5)]).solid).toBe("M5.00 100.00L15.00 0.00L25.00 50.00");
  });

  it("leaves a gap where a value is missing and never bridges it", () => {
    const line = draw([point(0), point(1), point(null), point(1), point(0)]);
    expect(line.solid).toBe("M5.00 100.00L15.00 0.00M35.00 0.00L45.00 100.00");
  });

  it("shows a point that stands alone as a dot", () => {
    expect(draw([point(null), point(0.5), point(null)]).dots).toEqual([{ x: 15, y: 50, ripe: true }]);
    expect(draw([point(0.5, false)]).dots).toEqual([{ x: 5, y: 50, ripe: false }]);
  });

  it("draws the way into unripe buckets pale", () => {
    const line = draw([point(0), point(0), point(1, false)]);
    expect(line.solid).toBe("M5.00 100.00L15.00 100.00");
    expect(line.pale).toBe("M15.00 100.00L25.00 0.00");
  });

  it("keeps a value off the scale at the lane's edge", () => {
    expect(draw([point(0.5), point(-3, false)]).pale).toBe("M5.00 50.00L15.00 100.00");
  });

  it("keeps the band inside the lane, over the whole bucket", () => {
    const line = prepareLine({
      points: [{ value: 0.5, ripe: true, band: [-1, 0.6] }],
      domain: [0, 1],
      width: 10,
      height: 100,
    });
    expect(line.band).toBe("M0.00 40.00H10.00V100.00H0.00z");
  });
});

describe("a scale", () => {
  it("ticks at round numbers without float dust", () => {
    expect(roundTicks([0, 1], 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(roundTicks([0.61, 0.79], 2)).toEqual([0.7]);
    expect(roundTicks([0, 0.31], 3)).toEqual([0, 0.2]);
    expect(roundTicks([5, 5])).toEqual([5]);
  });

  it("has a domain only where there are values, and room when all are equal", () => {
    expect(domainOf([null, undefined, Number.NaN])).toBeNull();
    const [low, high] = domainOf([0.7, null, 0.7])!;
    expect(low).toBeLessThan(0.7);
    expect(high).toBeGreaterThan(0.7);
  });

  it("puts larger values higher", () => {
    expect(heightOf([0, 2], 2, 50)).toBe(0);
    expect(heightOf([0, 2], 0, 50)).toBe(50);
  });
});
