import { describe, expect, it } from "vitest";
import { kolmogorovUpperTail } from "./kolmogorov-distribution";
import { kolmogorovUpperTailQuick } from "./pelz-good";
import { smirnovUpperTail } from "./smirnov-one-sided";
import { expectClose, vectors } from "./test-support";

type Case = { n: number; d: number; upperTail: number; oneSided: number };
const cases = vectors<Case>("kolmogorov-distribution");

describe("Kolmogorov's distribution", () => {
  it("equals scipy's kstwo in every regime of n and d", () => {
    for (const { n, d, upperTail } of cases) {
      expectClose(kolmogorovUpperTail(n, d), upperTail, { note: `n ${n}, d ${d}, nd² ${n * d * d}:` });
    }
  });

  it("has scipy's one-sided tail beneath it, where it is called for", () => {
    for (const { n, d, oneSided } of cases.filter(({ n, d }) => n * d * d >= 1)) {
      expectClose(smirnovUpperTail(n, d), oneSided, { note: `n ${n}, d ${d}:` });
    }
  });

  it("follows by hand for one value: D is at least ½ and P(D > d) = 2(1 − d)", () => {
    expect(kolmogorovUpperTail(1, 0.5)).toBe(1);
    expectClose(kolmogorovUpperTail(1, 0.75), 0.5);
    expect(kolmogorovUpperTail(1, 1)).toBe(0);
    expect(kolmogorovUpperTail(1, 0)).toBe(1);
  });

  it("falls as the distance grows, across the borders of the methods", () => {
    for (const n of [10, 100, 140, 141, 1000, 100_000]) {
      let before = 1;
      for (let z = 0.2; z < 6; z += 0.01) {
        const p = kolmogorovUpperTail(n, z / Math.sqrt(n));
        expect(p).toBeLessThanOrEqual(before + 1e-9);
        before = p;
      }
    }
  });

  it("is within 5e-5 by its quick form from 30 values, within 5e-3 from 5", () => {
    for (const { n, d, upperTail } of cases) {
      const allowed = n >= 30 ? 5e-5 : n >= 5 ? 5e-3 : 1;
      const quick = kolmogorovUpperTailQuick(n, d);
      expect(Math.abs(quick - upperTail), `n ${n}, d ${d}: ${quick} for ${upperTail}`).toBeLessThan(allowed);
    }
  });
});
