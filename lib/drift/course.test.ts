import { describe, expect, it } from "vitest";
import { courseOf, trendOf } from "./course";

const row = (effect: (number | null)[], band = 0.02) => ({ effect, band: effect.map(() => band) });
const repeat = (value: number, times: number) => new Array<number>(times).fill(value);
const course = (effect: (number | null)[], band?: number) => courseOf({ row: row(effect, band), mark: 0.1 });

describe("the course of a distance", () => {
  it("is unknown below eight measured buckets or with none above the mark", () => {
    expect(course(repeat(0.5, 7))).toEqual({ kind: "unknown" });
    expect(course([...repeat(0.5, 7), null, null])).toEqual({ kind: "unknown" });
    expect(course(repeat(0.05, 30))).toEqual({ kind: "unknown" });
  });

  it("does not count what chance gives in a small bucket", () => {
    expect(course(repeat(0.3, 30), 0.35)).toEqual({ kind: "unknown" });
  });

  it("does not call bursts what a 95 % band lets through", () => {
    const noise = Array.from({ length: 150 }, (_, index) => (index % 25 === 3 ? 0.4 : 0.25));
    expect(course(noise, 0.35)).toEqual({ kind: "unknown" });
    const bursts = Array.from({ length: 150 }, (_, index) => (index % 6 < 2 ? 0.4 : 0.25));
    expect(course(bursts, 0.35)).toMatchObject({ kind: "bursts", above: 50 });
  });

  it("does not call it a trend when only the buckets got smaller", () => {
    const effect = Array.from(
      { length: 60 },
      (_, index) => (index % 7 < 2 ? 0.15 : 0) + (index < 30 ? 0.08 : 0.28),
    );
    const band = effect.map((_, index) => (index < 30 ? 0.08 : 0.28));
    expect(courseOf({ row: { effect, band }, mark: 0.1 })).toMatchObject({
      kind: "bursts",
      trend: "unclear",
    });
  });

  it("says since when, tolerating a stray bucket on either side", () => {
    expect(course([...repeat(0.01, 20), ...repeat(0.3, 10)])).toEqual({
      kind: "since",
      first: 20,
      above: 10,
    });
    const strays = [...repeat(0.01, 5), 0.2, ...repeat(0.01, 14), ...repeat(0.3, 6), 0.05, ...repeat(0.3, 5)];
    expect(course(strays)).toEqual({ kind: "since", first: 20, above: 11 });
  });

  it("gives bucket indices of the timeline although empty buckets are skipped", () => {
    expect(course([...repeat(0.01, 10), null, null, ...repeat(0.3, 5)])).toMatchObject({
      kind: "since",
      first: 12,
    });
  });

  it("does not call two last buckets a beginning", () => {
    expect(course([...repeat(0.01, 20), 0.3, 0.3])).not.toMatchObject({ kind: "since" });
  });

  it("knows a spell that has passed from one that lasts", () => {
    expect(course([...repeat(0.01, 10), ...repeat(0.3, 4), ...repeat(0.01, 10)])).toEqual({
      kind: "spell",
      first: 10,
      last: 13,
      above: 4,
    });
  });

  it("knows bursts, and that they are no trend", () => {
    const bursts = Array.from({ length: 60 }, (_, index) => (index % 7 < 2 ? 0.4 : 0.02));
    expect(course(bursts)).toEqual({ kind: "bursts", above: 18, measured: 60, trend: "none" });
  });

  it("knows when it never was like the reference", () => {
    expect(course(repeat(0.3, 30))).toEqual({ kind: "throughout", above: 30, measured: 30 });
  });

  it("leaves out a bucket that is still filling", () => {
    const filling = [...repeat(0, 29).map(() => false), true];
    expect(courseOf({ row: row([...repeat(0.01, 29), 0.9]), mark: 0.1, filling })).toEqual({
      kind: "unknown",
    });
  });
});

describe("a trend", () => {
  it("is rising or falling where order and size both say so", () => {
    const up = Array.from({ length: 60 }, (_, index) => index / 200 + (index % 3) * 0.01);
    expect(trendOf(up)).toBe("rising");
    expect(trendOf([...up].reverse())).toBe("falling");
  });

  it("is not one where the rise is too small to matter", () => {
    expect(trendOf(Array.from({ length: 60 }, (_, index) => index / 10_000))).toBe("none");
  });

  it("is left open in between", () => {
    expect(trendOf(Array.from({ length: 60 }, (_, index) => index / 1500))).toBe("unclear");
  });
});
