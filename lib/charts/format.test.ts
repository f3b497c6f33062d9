import { describe, expect, it } from "vitest";
import {
  formatAgo,
  formatCompact,
  formatCount,
  formatDuration,
  formatMetric,
  formatMs,
  formatP,
  formatScore,
  formatShare,
  formatTime,
  formatValue,
  formatWindow,
  listWords,
  plural,
} from "./format";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("counts", () => {
  it.each([
    [0, "0"],
    [63_530, "63,530"],
    [null, "–"],
  ])("%s is written %s", (n, text) => expect(formatCount(n)).toBe(text));

  it.each([
    [0, "0"],
    [0.5, "0.5"],
    [999, "999"],
    [1_000, "1k"],
    [1_250, "1.3k"],
    [18_240, "18k"],
    [999_499, "999k"],
    [999_950, "1M"],
    [2_400_000, "2.4M"],
    [3e9, "3G"],
    [-18_240, "-18k"],
  ])("in a narrow place %s is %s", (n, text) => expect(formatCompact(n)).toBe(text));
});

describe("shares", () => {
  it.each([
    [0, "0 %"],
    [0.0004, "<0.1 %"],
    [0.021, "2.1 %"],
    [0.0999, "10 %"],
    [0.213, "21 %"],
    [0.995, "99.5 %"],
    [0.9996, ">99.9 %"],
    [1, "100 %"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("%s is %s: something is never rounded to nothing or to all", (share, text) =>
    expect(plain(formatShare(share))).toBe(text),
  );
});

describe("p-values", () => {
  it.each([
    [0, "<1e-99"],
    [1e-120, "<1e-99"],
    [2.2e-8, "2e-8"],
    [0.0341, "0.034"],
    [0.5, "0.50"],
    [null, "–"],
  ])("%s is %s", (p, text) => expect(formatP(p)).toBe(text));
});

describe("scores, metrics and values", () => {
  it("keep three decimals when of order one, and no minus before zero", () => {
    expect(formatScore(0.39712)).toBe("0.397");
    expect(formatScore(-0.0001)).toBe("0.000");
    expect(formatScore(Number.POSITIVE_INFINITY)).toBe("–");
  });

  it("keep four figures when larger", () => {
    expect(formatMetric(0.7)).toBe("0.700");
    expect(formatMetric(1832.4567)).toBe("1,832");
  });

  it.each([
    [0, "0"],
    [1797.25, "1,797"],
    [12.3456, "12.35"],
    [0.00123456, "0.001235"],
    [1.5e12, "1.5e12"],
    [2e-7, "2e-7"],
    [-3.5, "-3.5"],
  ])("the value %s is %s", (value, text) => expect(formatValue(value)).toBe(text));

  it.each([
    [0.0041, "<0.1 ms"],
    [0, "0 ms"],
    [3.1234, "3.1 ms"],
    [123.4, "123 ms"],
    [1250, "1.3 s"],
  ])("%s ms is %s", (ms, text) => expect(plain(formatMs(ms))).toBe(text));
});

describe("windows, half-open and in UTC", () => {
  it.each([
    ["2001-02-22T00:00:00Z", "2001-02-26T00:00:00Z", "22 to 25 Feb 2001"],
    ["2001-02-22T00:00:00Z", "2001-02-23T00:00:00Z", "22 Feb 2001"],
    ["2001-02-22T00:00:00Z", "2001-03-02T00:00:00Z", "22 Feb to 1 Mar 2001"],
    ["2000-12-30T00:00:00Z", "2001-01-02T00:00:00Z", "30 Dec 2000 to 1 Jan 2001"],
    ["2001-02-22T06:00:00Z", "2001-02-22T18:30:00Z", "22 Feb 2001 06:00 to 18:30 UTC"],
    ["2001-02-22T06:00:00Z", "2001-02-23T18:00:00Z", "22 Feb 06:00 to 23 Feb 2001 18:00 UTC"],
    ["2001-02-22T00:00:00+01:00", "2001-02-22T12:00:00+01:00", "21 Feb 23:00 to 22 Feb 2001 11:00 UTC"],
  ])("[%s, %s) is %s", (from, to, text) => expect(formatWindow({ from, to })).toBe(text));
});

describe("times", () => {
  const now = Date.parse("2001-02-22T14:32:07Z");

  it("names UTC, and seconds only where there are any", () => {
    expect(formatTime(now)).toBe("22 Feb 2001 14:32:07 UTC");
    expect(formatTime("2001-02-22T14:32:00Z")).toBe("22 Feb 2001 14:32 UTC");
  });

  it.each([
    [0, "just now"],
    [40_000, "40 s ago"],
    [180_000, "3 min ago"],
    [5 * 3_600_000, "5 h ago"],
    [12 * 86_400_000, "12 days ago"],
    [-180_000, "in 3 min"],
  ])("%s ms before now is %s", (ms, text) => expect(plain(formatAgo(now - ms, now))).toBe(text));

  it("never rounds up into sixty of a unit", () => {
    expect(plain(formatDuration(59_700))).toBe("1 min");
    expect(plain(formatDuration(3_599_000))).toBe("1 h");
  });
});

describe("words", () => {
  it("counts them", () => {
    expect(plural(1, "feature")).toBe("1 feature");
    expect(plural(2000, "row was", "rows were")).toBe("2,000 rows were");
  });

  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
    [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
  ])("%j reads %s", (words, text) => expect(listWords(words)).toBe(text));
});
