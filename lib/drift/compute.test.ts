import { describe, expect, test } from "vitest";
import { binEdges } from "@/lib/stats/bin-edges";
import { kolmogorovSmirnov } from "@/lib/stats/kolmogorov-smirnov";
import { CODES, EXPONENTIAL } from "@/lib/summaries/binner";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { type ColumnSides, compareColumn, decide, severityOf } from "./compute";
import { chanceBeyond } from "./findings";

const base = {
  name: "x",
  unit: null,
  thresholds: { alpha: 0.05, effect_floor: 0.1 },
  display: null,
  nameOf: (code: number) => `c${code}`,
  against: { what: "the baseline", isBaseline: true },
};

function counted(bins: ColumnSides["bins"], values: readonly (number | null)[]) {
  const histogram = emptyHistogram();
  countColumn(
    histogram,
    bins,
    Float64Array.from(values, (value) => value ?? Number.NaN),
  );
  return { histogram };
}

function numbers(reference: readonly (number | null)[], current: readonly (number | null)[]) {
  const present = reference.filter((value): value is number => value !== null);
  const edges = binEdges(Float64Array.from(present));
  const bins = present.length > 0 ? ({ kind: "edges", edges } as const) : EXPONENTIAL;
  return compareColumn({
    ...base,
    type: "numerical",
    bins,
    reference: counted(bins, reference),
    current: counted(bins, current),
  });
}

/** Counts by category: [reference, current] each. */
function categories(counts: readonly (readonly [number, number])[]) {
  const side = (of: 0 | 1) =>
    counted(
      CODES,
      counts.flatMap((pair, code) => Array(pair[of]).fill(code + 1)),
    );
  return compareColumn({ ...base, type: "categorical", bins: CODES, reference: side(0), current: side(1) });
}

describe("a numerical column", () => {
  test("of few values has the exact distance, bars of one value each and means by hand", () => {
    const drift = numbers([1, 1, 2, 2, 3, null], [2, 3, 3, 3]);
    // F and G at 1: 2/5 and 0; at 2: 4/5 and 1/4, where they lie furthest apart.
    expect(drift).toMatchObject({
      method: "ks",
      state: "ok",
      error_bound: 0,
      location: 2,
      severity: "high",
      direction: "up",
    });
    expect(drift.statistic).toBeCloseTo(0.8 - 0.25, 12);
    expect(drift.p_value).toBeCloseTo(
      kolmogorovSmirnov({ reference: [1, 1, 2, 2, 3], current: [2, 3, 3, 3] })!.pValue,
      12,
    );
    expect([drift.mean_reference, drift.mean_current]).toEqual([1.8, 2.75]);
    expect(drift.deviation_reference).toBeCloseTo(Math.sqrt(0.56), 12);
    expect(drift.histogram).toMatchObject({ reference: [2, 2, 1], current: [0, 1, 3] });
    expect(drift).toMatchObject({ n_reference: 5, missing_reference: 1, n_current: 4, missing_current: 0 });
  });

  test("identical on both sides is at distance 0 in every measure", () => {
    const values = Array.from({ length: 900 }, (_, i) => Math.sin(i) * 50);
    const drift = numbers(values, values);
    expect(drift).toMatchObject({
      statistic: 0,
      effect: 0,
      psi: 0,
      js_distance: 0,
      kl_divergence: 0,
      wasserstein: 0,
      wasserstein_scaled: 0,
      severity: "low",
      direction: null,
    });
    expect(drift.p_value).toBe(1);
  });

  test("of constants has a mean, no spread to scale by, and does not divide by it", () => {
    const drift = numbers([5, 5, 5], [5, 5, 7]);
    expect(drift).toMatchObject({ deviation_reference: 0, wasserstein_scaled: null });
    expect(drift.statistic).toBeCloseTo(1 / 3, 12);
    expect(drift.histogram!.current.reduce((sum, n) => sum + n, 0)).toBe(3);
  });

  test("shows what lies outside the baseline in bars of its own, and counts it", () => {
    const reference = Array.from({ length: 1000 }, (_, i) => i);
    const drift = numbers(reference, [
      ...reference.slice(0, 900),
      ...Array(100).fill(1e7),
      ...Array(20).fill(-4),
    ]);
    const { edges, current } = drift.histogram!;
    expect([edges[0], edges.at(-1)]).toEqual([-4, 1e7]);
    expect([current[0], current.at(-1)]).toEqual([20, 100]);
    expect(drift.findings).toEqual([expect.objectContaining({ kind: "out_of_range", n: 120 })]);
    expect(drift.findings[0]!.message).toContain(
      "20 below its smallest value 0, 100 above its largest value 999",
    );
  });

  test.each([
    [[1, 2], [null, null], "all 2 rows of the window lack a value"],
    [[1, 2], [], "the window has no rows: widen it"],
    [[null], [1], "the only row of the baseline lacks a value"],
    [[], [1], "the baseline has no rows"],
  ])("%j against %j is a state with its reason", (reference, current, reason) => {
    expect(numbers(reference, current)).toMatchObject({
      state: "not_computable",
      reason,
      statistic: null,
      histogram: null,
    });
  });

  test("without baseline lies within the bracket of exponential buckets", () => {
    const reference = Array.from({ length: 400 }, (_, i) => ((i * 37) % 101) - 50);
    const current = Array.from({ length: 300 }, (_, i) => ((i * 53) % 97) - 40);
    const drift = compareColumn({
      ...base,
      type: "numerical",
      bins: EXPONENTIAL,
      reference: counted(EXPONENTIAL, reference),
      current: counted(EXPONENTIAL, current),
    });
    const truth = kolmogorovSmirnov({ reference, current })!.statistic;
    expect(truth).toBeGreaterThanOrEqual(drift.statistic! - 1e-12);
    expect(truth).toBeLessThanOrEqual(drift.statistic! + drift.error_bound! + 1e-12);
    expect(drift.histogram!.edges.length).toBeGreaterThan(10);
  });

  test("of a missing rate that rose is a finding, even where nothing else can be said", () => {
    const drift = numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Array(10).fill(null));
    expect(drift).toMatchObject({
      state: "not_computable",
      findings: [{ kind: "missing_rate", n: 10, share: 1 }],
    });
  });
});

describe("a categorical column", () => {
  test("is the golden contingency of scipy, with total variation as its effect", () => {
    const drift = categories([
      [50, 40],
      [30, 45],
      [20, 15],
    ]);
    expect(drift).toMatchObject({ method: "chi2", new_categories: [], severity: "medium", direction: null });
    expect(drift.statistic).toBeCloseTo(4.825396825396825, 12);
    expect(drift.p_value).toBeCloseTo(0.08957326253887996, 12);
    expect(drift.effect).toBeCloseTo(0.15, 12);
    expect(drift.psi).toBeCloseTo(0.09751822497020474, 9);
    expect(drift.histogram).toMatchObject({
      categories: ["c1", "c2", "c3"],
      reference: [50, 30, 20],
      current: [40, 45, 15],
      other_categories: 0,
    });
  });

  test("of one category on both sides has not drifted", () => {
    expect(categories([[50, 20]])).toMatchObject({ statistic: 0, p_value: 1, effect: 0, psi: 0 });
  });

  test("names what is new and puts what is rare on both sides together, scored as shown", () => {
    const drift = categories([
      ...Array.from({ length: 40 }, (_, i): [number, number] => [400 - 9 * i, 400 - 9 * i]),
      [0, 2000],
      [0, 1],
    ]);
    const { categories: names, other_categories, reference, current, psi_contribution } = drift.histogram!;
    expect(names).toHaveLength(30);
    expect(names.slice(-2)).toEqual(["c41", "other"]);
    expect(other_categories).toBe(13);
    expect(reference.reduce((sum, n) => sum + n, 0)).toBe(drift.n_reference);
    expect(current.reduce((sum, n) => sum + n, 0)).toBe(drift.n_current);
    expect(psi_contribution.reduce((sum, part) => sum + part, 0)).toBeCloseTo(drift.psi!, 12);
    expect(drift.new_categories).toEqual(["c41", "c42"]);
    expect(drift.findings.map((finding) => finding.kind)).toEqual(["new_category", "small_counts"]);
  });
});

test("a column the reference lacks, or of unknown type, is a state of its own", () => {
  const current = counted(CODES, [1]);
  expect(
    compareColumn({ ...base, type: "categorical", bins: CODES, reference: null, current }).reason,
  ).toContain('the baseline has no column "x"');
  expect(
    compareColumn({ ...base, type: null, bins: EXPONENTIAL, reference: null, current }).reason,
  ).toContain("not known");
});

test("the verdict wants a significant q and a sizeable effect, each with its own threshold", () => {
  const feature = (p: number | null, effect: number | null, over = {}) => ({
    ...categories([[5, 5]]),
    p_value: p,
    effect,
    ...over,
  });
  const decided = decide([
    feature(0.01, 0.2),
    feature(0.04, 0.2),
    feature(null, null),
    feature(0.001, 0.05),
    feature(0.001, 0.05, { effect_floor: 0 }),
    feature(0.01, 0.2, { alpha: 0.001 }),
    feature(0.001, 0.15, { effect_band: 0.154 }),
    feature(0.001, 0.15, { effect_band: 0.154, effect_floor: 0 }),
  ]);
  expect(decided.map((each) => [each.significant, each.sizeable, each.drift_detected])).toEqual([
    [true, true, true],
    [true, true, true],
    [null, null, null],
    [true, false, false],
    [true, true, true],
    [false, true, false],
    [true, false, false],
    [true, true, true],
  ]);
  // 0.01 is fifth and sixth of seven: 0.01·7/6.
  expect(decided[0]!.q_value).toBeCloseTo(0.07 / 6, 12);
});

test("severity has its steps at 0.1 and 0.3", () => {
  expect([0, 0.0999, 0.1, 0.2999, 0.3, 1].map(severityOf)).toEqual([
    "low",
    "low",
    "medium",
    "medium",
    "high",
    "high",
  ]);
});

test("the largest of a pooled sample lies on either side by chance", () => {
  expect(chanceBeyond({ n: 100, m: 100, k: 1 })).toBe(0.5);
  expect(chanceBeyond({ n: 1, m: 2, k: 2 })).toBeCloseTo(1 / 3, 12);
  expect(chanceBeyond({ n: 10, m: 5, k: 0 })).toBe(1);
});

test("the chance of values beyond the range is the same by series as by product", () => {
  const byProduct = ({ n, m, k }: { n: number; m: number; k: number }) => {
    let logs = 0;
    for (let i = 0; i < k; i++) logs += Math.log1p(-n / (n + m - i));
    return Math.exp(logs);
  };
  for (const sizes of [
    { n: 1500, m: 1_000_000, k: 1001 },
    { n: 20_000, m: 100_000_000, k: 50_000 },
    { n: 5000, m: 3_000_000, k: 200_000 },
    { n: 300, m: 2_000_000, k: 1_500_000 },
  ]) {
    expect(chanceBeyond(sizes) / byProduct(sizes)).toBeCloseTo(1, 9);
  }
  expect(chanceBeyond({ n: 2000, m: 2000, k: 2000 })).toBe(0);
});
