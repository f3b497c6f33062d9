import { describe, expect, it } from "vitest";
import { prepareCategories } from "./categories";
import { prepareHistogram } from "./histogram";
import { prepareValueTicks } from "./value-ticks";

const numbers = (edges: number[], reference: number[], current: number[]) => ({
  edges,
  categories: [],
  other_categories: 0,
  reference,
  current,
  psi_contribution: reference.map((_, index) => index * 0.1),
});

describe("a histogram of numbers", () => {
  it("shows shares of either side's own rows where bins are equally wide", () => {
    const drawn = prepareHistogram(numbers([0, 1, 2], [30, 10], [1, 1]))!;
    expect(drawn.measure).toBe("share");
    expect(drawn.top).toBe(0.75);
    expect(drawn.bins.map((bin) => bin.currentShare)).toEqual([0.5, 0.5]);
    expect(drawn.bins[0]!.reference).toBe(1);
    expect(drawn.bins.map((bin) => bin.weight)).toEqual([0, 1]);
  });

  it("shows density where widths differ, so that a wide bin does not look like much", () => {
    const drawn = prepareHistogram(numbers([0, 1, 4], [10, 10], [10, 10]))!;
    expect(drawn.measure).toBe("density");
    expect(drawn.bins[1]!.reference).toBeCloseTo(1 / 3);
    expect(drawn.bins[1]!.left).toBe(0.25);
  });

  it("draws an endless last bin short and says so", () => {
    const drawn = prepareHistogram(numbers([0, 1, 2, 3, 1000], [10, 10, 10, 9], [10, 10, 10, 10]))!;
    expect(drawn.bins.map((bin) => bin.clipped)).toEqual([false, false, false, true]);
    expect(drawn.bins[3]!.to).toBe(1000);
    expect(drawn.bins[3]!.left).toBeGreaterThan(0.85);
    expect(drawn.drawn[1]).toBeLessThan(4);
  });

  it("turns to equal bins when one spike would flatten all others", () => {
    const drawn = prepareHistogram(numbers([0, 0.001, 10, 20, 30], [50, 20, 20, 10], [50, 20, 20, 10]))!;
    expect(drawn.layout).toBe("bins");
    expect(drawn.measure).toBe("share");
    expect(drawn.bins[1]!.left).toBe(0.25);
  });

  it("keeps the layout that was asked for", () => {
    expect(prepareHistogram(numbers([0, 1, 4], [1, 1], [1, 1]), "bins")!.layout).toBe("bins");
  });

  it("places a value within its bin and keeps it on the drawing", () => {
    const drawn = prepareHistogram(numbers([0, 1, 2], [1, 1], [1, 1]))!;
    expect([drawn.place(-5), drawn.place(0.5), drawn.place(2), drawn.place(9)]).toEqual([0, 0.25, 1, 1]);
  });

  it("stays finite for an empty current side and for a constant feature", () => {
    const empty = prepareHistogram(numbers([0, 1, 2], [1, 1], [0, 0]))!;
    expect(empty.bins.map((bin) => bin.current)).toEqual([0, 0]);
    const constant = prepareHistogram(numbers([5, 5], [10], [20]))!;
    expect(constant.bins[0]).toMatchObject({ left: 0, right: 1, reference: 1, current: 1 });
    expect(constant.place(5)).toBe(0);
  });

  it("is absent where there are no bins", () => {
    expect(prepareHistogram(numbers([], [], []))).toBeNull();
  });

  it("has round ticks on a true scale and bin edges on an even one", () => {
    const histogram = numbers([0, 1, 4], [1, 1], [1, 1]);
    expect(prepareValueTicks(prepareHistogram(histogram)!).map(({ value }) => value)).toEqual([
      0, 1, 2, 3, 4,
    ]);
    expect(prepareValueTicks(prepareHistogram(histogram, "bins")!).map(({ value }) => value)).toEqual([
      0, 1, 4,
    ]);
  });
});

describe("paired bars of categories", () => {
  const histogram = {
    edges: [],
    categories: ["a", "b", "c", "new", "other"],
    other_categories: 3,
    reference: [50, 30, 20, 0, 0],
    current: [30, 30, 20, 10, 10],
    psi_contribution: [0.1, 0, 0, 0.2, 0.2],
  };

  it("keep the reference's order, mark what is new and what is a remainder", () => {
    const { bars, hidden, top } = prepareCategories({ histogram, newCategories: ["new"] });
    expect(bars.map((bar) => bar.name)).toEqual(["a", "b", "c", "new", "other"]);
    expect(bars.filter((bar) => bar.isNew).map((bar) => bar.name)).toEqual(["new"]);
    expect(bars[4]!.isOther).toBe(true);
    expect(hidden).toBe(0);
    expect(top).toBe(0.5);
  });

  it("past the cap keep what is new and what changed most, and count the rest", () => {
    const { bars, hidden } = prepareCategories({ histogram, newCategories: ["new"], cap: 2 });
    expect(bars.map((bar) => bar.name)).toEqual(["a", "new"]);
    expect(hidden).toBe(3);
  });
});
