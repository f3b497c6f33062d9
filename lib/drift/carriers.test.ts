import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyHistogram, type Histogram } from "@/lib/summaries/histogram";
import { contributionOf, gainedKeys } from "./carriers";

function counted(counts: Record<number, number>): Histogram {
  const histogram = emptyHistogram();
  for (const [key, count] of Object.entries(counts)) {
    histogram.counts.set(Number(key), count);
    histogram.n += count;
  }
  return histogram;
}

test("numbers: the part that moved carries the drift, whatever its share of the traffic", () => {
  // Reference: half at or below bin 1, half above. Of 100 rows now, AA has 20, all above; UA 80, half and half.
  const reference = counted({ 1: 500, 2: 500 });
  const current = counted({ 1: 40, 2: 60 });
  const gained = gainedKeys({ reference, current }, "numerical")!;
  // F(1) − G(1) = 0.4 − 0.5: above bin 1 there are 0.1 more.
  expect([gained.gain.toFixed(12), gained.has(1), gained.has(2)]).toEqual(["0.100000000000", false, true]);
  const whole = { n: 100, inReference: 0.5 };
  // AA: 20/100 · (1 − 0.5) = 0.1, all of it. UA: 80/100 · (0.5 − 0.5) = 0.
  expect(contributionOf({ n: 20, gained: 20 }, whole)).toBeCloseTo(0.1, 12);
  expect(contributionOf({ n: 80, gained: 40 }, whole)).toBeCloseTo(0, 12);
});

test("categories: a part may hold against the drift, and the parts still add up", () => {
  // Reference LAX 50 %, JFK 30 %, SFO 20 %; now 60, 30, 10 of 100: LAX grew by 0.1, the total variation.
  const reference = counted({ 1: 50, 2: 30, 3: 20 });
  const current = counted({ 1: 60, 2: 30, 3: 10 });
  const gained = gainedKeys({ reference, current }, "categorical")!;
  expect([gained.gain.toFixed(12), gained.has(1), gained.has(3)]).toEqual(["0.100000000000", true, false]);
  const whole = { n: 100, inReference: 0.5 };
  // AA: 50/100 · (45/50 − 0.5) = 0.2. UA: 50/100 · (15/50 − 0.5) = −0.1.
  expect(contributionOf({ n: 50, gained: 45 }, whole)).toBeCloseTo(0.2, 12);
  expect(contributionOf({ n: 50, gained: 15 }, whole)).toBeCloseTo(-0.1, 12);
});

test("without a value on a side there is nothing to carry", () => {
  expect(gainedKeys({ reference: counted({}), current: counted({ 1: 1 }) }, "numerical")).toBeNull();
  const same = gainedKeys({ reference: counted({ 1: 2 }), current: counted({ 1: 7 }) }, "numerical")!;
  expect(same.gain).toBe(0);
});

test("the parts of any traffic add up to the distance", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      counts,
      fc.array(counts, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("numerical" as const, "categorical" as const),
      (before, parts, type) => {
        const reference = counted(before);
        const sum = before.map((_, key) => parts.reduce((total, part) => total + part[key]!, 0));
        const current = counted(sum);
        fc.pre(reference.n > 0 && current.n > 0);
        const gained = gainedKeys({ reference, current }, type)!;
        const among = (of: readonly number[]) =>
          of.reduce((total, n, key) => total + (gained.has(key) ? n : 0), 0);
        const whole = { n: current.n, inReference: among(before) / reference.n };
        const added = parts.map((part) =>
          contributionOf({ n: part.reduce((a, b) => a + b, 0), gained: among(part) }, whole),
        );
        expect(added.reduce((a, b) => a + b, 0)).toBeCloseTo(gained.gain, 9);
      },
    ),
  );
});
