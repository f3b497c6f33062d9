import { describe, expect, it } from "vitest";
import { alignTo, axisEnd, bucketAt, bucketSpan, positionOf, prepareAxis } from "./time-axis";

const day = (n: number) => new Date(Date.UTC(2001, 1, n)).toISOString();

describe("the time axis", () => {
  const axis = prepareAxis([day(1), day(2), day(4)], "day")!;

  it("holds every bucket between the first and the last, also those nobody reported", () => {
    expect(axis.count).toBe(4);
    expect(axisEnd(axis)).toBe(Date.parse(day(5)));
  });

  it("is absent where there are no buckets", () => {
    expect(prepareAxis([], "day")).toBeNull();
  });

  it("leaves a bucket without a row null instead of moving the next one up", () => {
    const rows = alignTo(axis, [{ start: day(1) }, { start: day(4) }, { start: day(9) }]);
    expect(rows.map((row) => row?.start ?? null)).toEqual([day(1), null, null, day(4)]);
  });

  it("accepts starts with and without milliseconds or with an offset", () => {
    expect(alignTo(axis, [{ start: "2001-02-02T01:00:00+01:00" }])[1]).not.toBeNull();
  });

  it("places moments and finds buckets by pixel, kept on the axis", () => {
    expect(positionOf(axis, Date.parse(day(3)), 400)).toBe(200);
    expect(bucketAt(axis, 199, 400)).toBe(1);
    expect(bucketAt(axis, -5, 400)).toBe(0);
    expect(bucketAt(axis, 400, 400)).toBe(3);
    expect(bucketSpan(axis, 1)).toEqual({ from: Date.parse(day(2)), to: Date.parse(day(3)) });
  });

  it("keeps weeks seven days apart over a change of clocks", () => {
    const weeks = prepareAxis(["2001-03-19T00:00:00Z", "2001-04-02T00:00:00Z"], "week")!;
    expect(weeks.count).toBe(3);
  });
});
