import { describe, expect, it } from "vitest";
import { axisWindow } from "./axis-window";
import { preparePresets } from "./presets";

const data = { from: Date.UTC(2001, 1, 1), to: Date.UTC(2001, 5, 30, 15) };

describe("window presets", () => {
  it("count back from the end of the data, not from today", () => {
    const day = preparePresets(data).find(({ name }) => name.startsWith("Last 24"));
    expect(day?.window).toEqual({ from: "2001-06-29T15:00:00Z", to: "2001-06-30T15:00:00Z" });
  });

  it("never begin before the data do", () => {
    const short = { from: Date.UTC(2001, 5, 30), to: data.to };
    expect(
      preparePresets(short).every(({ window }) => !window || window.from >= "2001-06-30T00:00:00Z"),
    ).toBe(true);
  });

  it("leave only the latest week where there are no data", () => {
    expect(preparePresets(null)).toHaveLength(1);
  });
});

describe("what the axis covers", () => {
  const window = { from: "2001-03-10T00:00:00Z", to: "2001-03-12T00:00:00Z" };

  it("is everything for days and weeks", () => {
    expect(axisWindow("day", window)).toBeNull();
    expect(axisWindow("hour", null)).toBeNull();
  });

  it("is a month around the window for hours, the same after a small move", () => {
    const axis = axisWindow("hour", window)!;
    expect(Date.parse(axis.to) - Date.parse(axis.from)).toBe(31 * 86_400_000);
    expect(axis.from <= window.from && axis.to >= window.to).toBe(true);
    expect(axisWindow("hour", { from: "2001-03-10T01:00:00Z", to: "2001-03-12T01:00:00Z" })).toEqual(axis);
  });

  it("holds a window longer than a month whole", () => {
    const long = { from: "2001-01-10T00:00:00Z", to: "2001-06-12T00:00:00Z" };
    const axis = axisWindow("hour", long)!;
    expect(axis.from <= long.from && axis.to >= long.to).toBe(true);
  });
});
