import { describe, expect, it } from "vitest";
import { axisWindow } from "./axis-window";

const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}Z`);
const data = { from: at("2001-02-01T05:10:00"), to: at("2001-06-30T23:40:00") };
const window = { from: "2001-03-10T00:00:00Z", to: "2001-03-12T00:00:00Z" };
const length = (axis: { from: string; to: string } | null) =>
  (Date.parse(axis!.to) - Date.parse(axis!.from)) / DAY;

describe("what the axis covers", () => {
  it("is all data where they fit, in whole buckets", () => {
    expect(axisWindow({ bucket: "day", window, data })).toEqual({
      from: "2001-02-01T00:00:00Z",
      to: "2001-07-01T00:00:00Z",
    });
  });

  it("begins weeks on Monday", () => {
    expect(axisWindow({ bucket: "week", window, data })).toEqual({
      from: "2001-01-29T00:00:00Z",
      to: "2001-07-02T00:00:00Z",
    });
  });

  it("is a month around the window for hours, the same after a small move", () => {
    const axis = axisWindow({ bucket: "hour", window, data })!;
    expect(length(axis)).toBe(31);
    expect(axis.from <= window.from && axis.to >= window.to).toBe(true);
    const moved = { from: "2001-03-10T01:00:00Z", to: "2001-03-12T01:00:00Z" };
    expect(axisWindow({ bucket: "hour", window: moved, data })).toEqual(axis);
  });

  it("is the latest stretch where no window is chosen, and never runs past the data", () => {
    expect(axisWindow({ bucket: "hour", window: null, data })!.to).toBe("2001-07-01T00:00:00Z");
    const late = { from: "2001-06-29T00:00:00Z", to: "2001-07-01T00:00:00Z" };
    expect(axisWindow({ bucket: "hour", window: late, data })!.to).toBe("2001-07-01T00:00:00Z");
  });

  it("stays below the API's 1,000 buckets whatever window is chosen", () => {
    const long = { from: "1990-01-01T00:00:00Z", to: "2001-06-12T00:00:00Z" };
    const old = { from: at("1980-01-01T00:00:00"), to: data.to };
    for (const [bucket, hours] of [
      ["hour", 1],
      ["day", 24],
      ["week", 168],
    ] as const) {
      expect(length(axisWindow({ bucket, window: long, data: old })) / (hours / 24)).toBeLessThanOrEqual(
        1000,
      );
    }
  });

  it("shortens where rows are read one by one", () => {
    const axis = axisWindow({ bucket: "day", window, data, rowsRead: 2_500_000 })!;
    expect(length(axis)).toBeLessThanOrEqual(30);
    expect(axis.from <= window.from && axis.to >= window.to).toBe(true);
  });

  it("is left to the server where nothing is known of the data", () => {
    expect(axisWindow({ bucket: "day", window, data: null })).toBeNull();
  });
});
