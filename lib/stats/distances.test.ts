import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hellinger } from "./hellinger";
import { jensenShannon } from "./jensen-shannon";
import { kullbackLeibler } from "./kullback-leibler";
import { populationStability, populationStabilityByBin } from "./population-stability";
import { shares } from "./shares";
import { expectClose, vectors } from "./test-support";
import { totalVariation } from "./total-variation";

type Case = {
  reference: number[];
  current: number[];
  psi: number;
  kl: number;
  klBits: number;
  js: number;
  jsNats: number;
  tv: number;
  hellinger: number;
};

const all = { populationStability, kullbackLeibler, jensenShannon, totalVariation, hellinger };

describe("distances of counts", () => {
  it("equal scipy's and numpy's", () => {
    for (const expected of vectors<Case>("distances")) {
      expectClose(populationStability(expected), expected.psi);
      expectClose(kullbackLeibler(expected), expected.kl);
      expectClose(kullbackLeibler(expected, { base: 2 }), expected.klBits);
      expectClose(jensenShannon(expected), expected.js);
      expectClose(jensenShannon(expected, { base: Math.E }), expected.jsNats);
      expectClose(totalVariation(expected), expected.tv);
      expectClose(hellinger(expected), expected.hellinger);
    }
  });

  it("follow by hand for halves against a quarter and three quarters", () => {
    const sides = { reference: [2, 2], current: [1, 3] };
    expectClose(populationStability(sides), 0.25 * Math.log(3));
    expectClose(kullbackLeibler(sides), 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75));
    expectClose(totalVariation(sides), 0.25);
    expectClose(hellinger(sides), Math.sqrt(1 - (Math.sqrt(0.125) + Math.sqrt(0.375))));
    expectClose(jensenShannon({ reference: [1, 0], current: [0, 1] }), 1);
  });

  const counts = fc.integer({ min: 1, max: 12 }).chain((k) => {
    const side = fc.array(fc.nat({ max: 500 }), { minLength: k, maxLength: k }).map((c) => [...c, 1]);
    return fc.tuple(side, side);
  });

  it("are 0 between a side and itself, and positive otherwise", () => {
    fc.assert(
      fc.property(counts, ([reference, current]) => {
        for (const distance of Object.values(all)) {
          expect(distance({ reference, current: reference })).toBe(0);
          expect(distance({ reference, current })!).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("do not mind the order of the cells, nor which side is which (but KL)", () => {
    fc.assert(
      fc.property(counts, ([reference, current]) => {
        const turned = { reference: [...reference].reverse(), current: [...current].reverse() };
        for (const [name, distance] of Object.entries(all)) {
          const value = distance({ reference, current })!;
          expectClose(distance(turned), value, { floor: 1e-12, note: name });
          if (name === "kullbackLeibler") continue;
          expectClose(distance({ reference: current, current: reference }), value, {
            floor: 1e-12,
            note: name,
          });
        }
      }),
    );
  });

  it("stay within 1 where they are bounded, and reach it when the sides are disjoint", () => {
    for (const distance of [jensenShannon, totalVariation, hellinger]) {
      expectClose(distance({ reference: [3, 4, 0, 0], current: [0, 0, 1, 9] }), 1);
    }
  });

  it("measure nothing when a side has no observation, and refuse other bins", () => {
    for (const distance of Object.values(all)) {
      expect(distance({ reference: [0, 0], current: [1, 1] })).toBeNull();
      expect(distance({ reference: [], current: [] })).toBeNull();
      expect(() => distance({ reference: [1], current: [1, 1] })).toThrow(RangeError);
    }
  });

  it("leave out a cell that is empty on both sides", () => {
    for (const distance of Object.values(all)) {
      const without = distance({ reference: [5, 9], current: [2, 40] })!;
      expectClose(distance({ reference: [5, 0, 9], current: [2, 0, 40] }), without);
    }
  });
});

describe("empty cells", () => {
  it("count as half an observation of their own side", () => {
    expect([...shares([3, 1, 0])!]).toEqual([0.75, 0.25, 0.125]);
    const psi = populationStability({ reference: [3, 1, 0], current: [4, 0, 4] });
    const by = (r: number, c: number) => (c - r) * Math.log(c / r);
    expectClose(psi, by(0.75, 0.5) + by(0.25, 0.0625) + by(0.125, 0.5));
  });

  it("can be filled as Evidently does, by a number, or not at all", () => {
    expect([...shares([1, 0], "evidently")!]).toEqual([1, 1e-4]);
    expect(shares([1, 99_999, 0], "evidently")![2]).toBeCloseTo(1e-11, 20);
    expect([...shares([1, 0], 0.01)!]).toEqual([1, 0.01]);
    expect([...shares([1, 0], "none")!]).toEqual([1, 0]);
    expect(kullbackLeibler({ reference: [1, 1], current: [2, 0] }, { fill: "none" })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it("have their part in the index, bin by bin", () => {
    const sides = { reference: [30, 20, 0, 0], current: [10, 25, 9, 0] };
    const parts = populationStabilityByBin(sides)!;
    expect(parts[3]).toBe(0);
    expectClose(
      parts.reduce((sum, part) => sum + part, 0),
      populationStability(sides)!,
    );
  });
});
