import { type Bins, binKey } from "./binner";
import { addMoments, type Histogram, noMoments, type PairedHistogram } from "./histogram";
import { KeyCounts } from "./key-counts";

// One for all: no caller is interrupted between counting and taking.
const table = new KeyCounts();

/** Counts the values of one column; NaN is missing. */
export function tallyColumn(bins: Bins, values: Float64Array): PairedHistogram {
  const moments = noMoments();
  let [sum, sumSquared, missing] = [0, 0, 0];
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    table.add(binKey(bins, value));
    sum += value;
    sumSquared += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  moments.missing = missing;
  moments.n = values.length - missing;
  if (bins.kind !== "codes" && moments.n > 0) Object.assign(moments, { sum, sumSquared, min, max });
  return { ...moments, ...table.take() };
}

/** Adds the values of one column to its histogram. */
export function countColumn(histogram: Histogram, bins: Bins, values: Float64Array): void {
  const { counts } = histogram;
  const { keys, amounts, ...moments } = tallyColumn(bins, values);
  addMoments(histogram, moments);
  for (let i = 0; i < keys.length; i++) counts.set(keys[i]!, (counts.get(keys[i]!) ?? 0) + amounts[i]!);
}

/** What histograms of one column amount to together. */
export function addUp(histograms: readonly PairedHistogram[]): PairedHistogram {
  const [only] = histograms;
  if (only && histograms.length === 1) return only;
  const moments = noMoments();
  for (const histogram of histograms) {
    addMoments(moments, histogram);
    table.addPairs(histogram);
  }
  return { ...moments, ...table.take() };
}
