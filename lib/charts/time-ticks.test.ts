import { describe, expect, it } from "vitest";
import { prepareAxis } from "./time-axis";
import { prepareTimeTicks } from "./time-ticks";

const axis = (from: string, to: string, bucket: "hour" | "day" | "week") => prepareAxis([from, to], bucket)!;
const labels = (...args: Parameters<typeof prepareTimeTicks>) =>
  prepareTimeTicks(...args).map(({ label }) => label);

describe("time ticks", () => {
  it("fall on the first of the month over half a year, each with its year", () => {
    expect(labels(axis("2001-02-01T00:00:00Z", "2001-06-30T00:00:00Z", "day"), 900)).toEqual([
      "Feb 2001",
      "Mar 2001",
      "Apr 2001",
      "May 2001",
      "Jun 2001",
    ]);
  });

  it("never crowd: fewer fit on a narrow screen", () => {
    const span = axis("2001-02-01T00:00:00Z", "2001-06-30T00:00:00Z", "day");
    expect(prepareTimeTicks(span, 240).length).toBeLessThanOrEqual(3);
  });

  it("say the hour within a day and the date at midnight", () => {
    expect(labels(axis("2001-02-01T18:00:00Z", "2001-02-02T11:00:00Z", "hour"), 500)).toEqual([
      "1 Feb 2001",
      "21:00",
      "2 Feb",
      "03:00",
      "06:00",
      "09:00",
    ]);
  });

  it("start weeks on Monday", () => {
    const ticks = prepareTimeTicks(axis("2001-02-01T00:00:00Z", "2001-03-05T00:00:00Z", "day"), 460);
    expect(ticks.map(({ at }) => new Date(at).getUTCDay())).toEqual(ticks.map(() => 1));
    expect(ticks[0]!.label).toBe("5 Feb 2001");
  });

  it("cut long spans at January", () => {
    expect(labels(axis("1999-05-01T00:00:00Z", "2003-05-01T00:00:00Z", "week"), 400)).toEqual([
      "Jan 2000",
      "Jan 2001",
      "Jan 2002",
      "Jan 2003",
    ]);
  });
});
