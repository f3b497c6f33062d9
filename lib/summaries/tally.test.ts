import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bins, binKey, CODES, EXPONENTIAL } from "./binner";
import { addUp, countColumn, tallyColumn } from "./count-column";
import { emptyHistogram, type Histogram } from "./histogram";
import { KeyCounts } from "./key-counts";
import { packCounts } from "./stored";
import { Tally } from "./tally";

const kinds: Bins[] = [CODES, EXPONENTIAL, { kind: "edges", edges: Float64Array.of(-5, 0, 2, 9) }];

/** By the definition. */
function countValue(histogram: Histogram, bins: Bins, value: number): void {
  if (Number.isNaN(value)) {
    histogram.missing++;
    return;
  }
  histogram.n++;
  const key = binKey(bins, value);
  histogram.counts.set(key, (histogram.counts.get(key) ?? 0) + 1);
  if (bins.kind === "codes") return;
  histogram.sum += value;
  histogram.sumSquared += value * value;
  if (histogram.min === null || value < histogram.min) histogram.min = value;
  if (histogram.max === null || value > histogram.max) histogram.max = value;
}

test("values counted one by one, by column, by tally and through stored literals are counted alike", () => {
  const value = fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(value), fc.array(value), (bins, first, second) => {
      const single = emptyHistogram();
      for (const each of [...first, ...second]) countValue(single, bins, each);
      const column = emptyHistogram();
      countColumn(column, bins, Float64Array.from([...first, ...second]));
      const tally = new Tally(bins);
      tally.addValues(Float64Array.from(first));
      const stored = emptyHistogram();
      countColumn(stored, bins, Float64Array.from(second));
      const { counts, ...moments } = stored;
      const literals = [`{${[...counts.keys()]}}`, `{${[...counts.values()]}}`] as const;
      tally.add({ ...moments, ...packCounts(...literals) });
      const parts = addUp([first, second].map((part) => tallyColumn(bins, Float64Array.from(part))));
      const ordered = (map: ReadonlyMap<number, number>) => [...map].sort(([a], [b]) => a - b);
      expect(ordered(column.counts)).toEqual(ordered(single.counts));
      expect(ordered(new Map(Array.from(parts.keys, (key, i) => [key, parts.amounts[i]!])))).toEqual(
        ordered(single.counts),
      );
      expect(ordered(tally.counts)).toEqual(ordered(single.counts));
      for (const key of ["n", "missing", "sum", "sumSquared", "min", "max"] as const) {
        expect([column[key], tally[key], parts[key]]).toEqual([single[key], single[key], single[key]]);
      }
    }),
  );
});

test("keys of any size and number are counted, and nothing is left for the next column", () => {
  const counts = new KeyCounts();
  const key = fc.oneof(
    fc.integer({ min: -80_000, max: 80_000 }),
    fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 9 })), { maxLength: 2000 }), (pairs) => {
      const expected = new Map<number, number>();
      for (const [each, amount] of pairs) {
        counts.add(each, amount);
        expected.set(each, (expected.get(each) ?? 0) + amount);
      }
      const { keys, amounts } = counts.take();
      expect(Array.from(keys, (each, i) => [each, amounts[i]])).toEqual([...expected]);
    }),
  );
  expect(counts.take().keys).toHaveLength(0);
});
