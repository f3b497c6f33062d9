import { describe, expect, it } from "vitest";
import { preparePresets } from "./presets";

const data = { from: Date.UTC(2001, 1, 1), to: Date.UTC(2001, 5, 30, 15) };

describe("window presets", () => {
  it("count back from the end of the data, not from today", () => {
    const day = preparePresets("Latest 7 days", data).find(({ name }) => name.startsWith("Last 24"));
    expect(day?.window).toEqual({ from: "2001-06-29T15:00:00Z", to: "2001-06-30T15:00:00Z" });
  });

  it("never begin before the data do", () => {
    const short = { from: Date.UTC(2001, 5, 30), to: data.to };
    expect(
      preparePresets("Latest 7 days", short).every(
        ({ window }) => !window || window.from >= "2001-06-30T00:00:00Z",
      ),
    ).toBe(true);
  });

  it("leave only the latest week where there are no data", () => {
    expect(preparePresets("Latest 7 days", null)).toHaveLength(1);
  });
});
