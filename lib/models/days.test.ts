import { describe, expect, it } from "vitest";
import { fillDays } from "./days";

const day = (start: string) => ({ start, n: 5, labelled: 0, metric: null });

describe("days on one axis", () => {
  it("leave a gap where nothing was logged", () => {
    const filled = fillDays([day("2001-02-27T00:00:00Z"), day("2001-03-02T00:00:00Z")]);
    expect(filled?.days.map((each) => each?.n ?? null)).toEqual([5, null, null, 5]);
  });

  it("are none without data", () => expect(fillDays([])).toBeNull());

  it("stay apart from each other only as far as bars remain visible", () => {
    expect(fillDays([day("2001-01-01T00:00:00Z"), day("2003-01-01T00:00:00Z")])?.days).toHaveLength(2);
  });
});
