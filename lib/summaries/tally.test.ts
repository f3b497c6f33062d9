import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bins, CODES, EXPONENTIAL } from "./binner";
import { countColumn } from "./count-column";
import { packCounts } from "./stored";
import { countValue, emptyHistogram } from "./summarise";
import { Tally } from "./tally";

const kinds: Bins[] = [CODES, EXPONENTIAL, { kind: "edges", edges: Float64Array.of(-5, 0, 2, 9) }];

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
      tally.addStored({ ...moments, ...packCounts(...literals) });
      const ordered = (map: ReadonlyMap<number, number>) => [...map].sort(([a], [b]) => a - b);
      expect(ordered(column.counts)).toEqual(ordered(single.counts));
      expect(ordered(tally.counts)).toEqual(ordered(single.counts));
      for (const key of ["n", "missing", "sum", "sumSquared", "min", "max"] as const) {
        expect([column[key], tally[key]]).toEqual([single[key], single[key]]);
      }
    }),
  );
});
