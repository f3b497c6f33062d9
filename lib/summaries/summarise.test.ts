import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODES, EXPONENTIAL } from "./binner";
import type { Pairs } from "./histogram";
import { DAY_MS, HOUR_MS, type SummarisableRow, summarise, type VersionBins } from "./summarise";

const BINS: VersionBins = {
  columns: [{ kind: "edges", edges: Float64Array.of(0, 1, 2) }, CODES],
  prediction: CODES,
  score: EXPONENTIAL,
};

const row = (tsMs: number, features: number[], over: Partial<SummarisableRow> = {}): SummarisableRow => ({
  tsMs,
  features,
  prediction: 1,
  score: 0.5,
  latencyMs: null,
  ...over,
});

describe("summarise", () => {
  it("counts per hour and per day, with what is missing, below and above apart", () => {
    const rows = [
      row(0, [0, 1]),
      row(1, [0.5, 2]),
      row(HOUR_MS, [99, 1]),
      row(HOUR_MS, [Number.NaN, Number.NaN]),
    ];
    const summaries = summarise(rows, BINS);
    const [first, second, day] = summaries;
    expect(summaries).toHaveLength(3);
    expect(first).toMatchObject({ grain: 1, startMs: 0, n: 2 });
    expect([...pairs(first!.columns[0]!)]).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(second!.columns[0]).toMatchObject({ n: 1, missing: 1, min: 99, max: 99, sum: 99 });
    expect([...pairs(second!.columns[0]!)]).toEqual([[3, 1]]);
    expect(day).toMatchObject({ grain: 24, startMs: 0, n: 4 });
    expect(day!.columns[1]).toMatchObject({ n: 3, missing: 1, sum: 0, min: null });
  });

  it("counts a failed prediction as an error that has features but no prediction", () => {
    const [hour] = summarise([row(0, [1, 1], { prediction: null, score: null })], BINS);
    expect(hour).toMatchObject({ n: 1, errors: 1 });
    expect(hour!.prediction.n).toBe(0);
    expect(hour!.columns[0]!.n).toBe(1);
  });

  it("takes a vector that is older than a column as missing there", () => {
    expect(summarise([row(0, [1])], BINS)[0]!.columns[1]).toMatchObject({ n: 0, missing: 1 });
  });

  it("has nothing to say of no rows", () => {
    expect(summarise([], BINS)).toEqual([]);
  });

  it("adds up: any split of the rows gives the same counts, and hours add up to days", () => {
    const anyRow = fc.record({
      tsMs: fc.integer({ min: 0, max: 3 * DAY_MS }),
      features: fc.tuple(
        fc.constantFrom(-1, 0, 0.5, 1, 2, 3, Number.NaN),
        fc.constantFrom(1, 2, 3, Number.NaN),
      ),
      prediction: fc.constantFrom(1, 2, null),
      score: fc.constantFrom(0.1, 0.9, null),
      latencyMs: fc.constantFrom(1, 2, null),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), fc.nat(40), (rows, cut) => {
        const whole = tally(summarise(rows, BINS));
        const parts = tally([...summarise(rows.slice(0, cut), BINS), ...summarise(rows.slice(cut), BINS)]);
        expect(parts).toEqual(whole);
        const n = (grain: number) =>
          [...whole]
            .filter(([key]) => key.startsWith(`${grain} `))
            .reduce((sum, [, count]) => sum + count, 0);
        expect(n(1)).toBe(n(24));
      }),
    );
  });
});

const pairs = ({ keys, amounts }: Pairs) => new Map(Array.from(keys, (key, i) => [key, amounts[i]!]));

function tally(summaries: ReturnType<typeof summarise>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
  for (const { grain, startMs, n, columns, prediction, score } of summaries) {
    add(`${grain} ${startMs} rows`, n);
    for (const [index, histogram] of [...columns, prediction, score].entries()) {
      add(`${grain} ${startMs} ${index} missing`, histogram.missing);
      for (const [bin, count] of pairs(histogram)) add(`${grain} ${startMs} ${index} ${bin}`, count);
    }
  }
  return new Map([...counts].filter(([, count]) => count > 0).sort());
}
