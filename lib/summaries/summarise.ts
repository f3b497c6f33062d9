import { type Bins, EXPONENTIAL } from "./binner";
import { addUp, tallyColumn } from "./count-column";
import type { PairedHistogram } from "./histogram";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Hours per bucket of the two stored grains. */
export type Grain = 1 | 24;

/** What a row must offer to be summarised. */
export type SummarisableRow = {
  tsMs: number;
  /** null on a failed prediction. */
  prediction: number | null;
  score: number | null;
  latencyMs: number | null;
  /** By feature_id − 1; NaN or beyond the end = missing. */
  features: ArrayLike<number>;
};

/** Bins per column of the vector, and of prediction and score. */
export type VersionBins = { columns: readonly Bins[]; prediction: Bins; score: Bins };

/** Everything counted about the rows of one hour or day. */
export type BucketSummary = {
  grain: Grain;
  startMs: number;
  n: number;
  errors: number;
  latency: PairedHistogram;
  columns: PairedHistogram[];
  prediction: PairedHistogram;
  score: PairedHistogram;
};

/**
 * Counts rows per hour and per day (UTC).
 * A failed prediction counts as a row and an error, and with its features, but adds nothing to prediction or score.
 * Cost: about 1 µs per row of 20 columns.
 */
export function summarise(rows: readonly SummarisableRow[], bins: VersionBins): BucketSummary[] {
  const byHour = groupBy(rows, (row) => Math.floor(row.tsMs / HOUR_MS));
  const scratch = new Float64Array(rows.length);
  const hours = [...byHour].map(([hour, among]) => countHour(hour * HOUR_MS, among, bins, scratch));
  const byDay = groupBy(hours, (hour) => Math.floor(hour.startMs / DAY_MS));
  return [...hours, ...[...byDay].map(([day, among]) => addUpDay(day * DAY_MS, among))];
}

function groupBy<Member>(members: readonly Member[], of: (member: Member) => number): Map<number, Member[]> {
  const groups = new Map<number, Member[]>();
  for (const member of members) {
    const key = of(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return groups;
}

/** Column by column, since a column's values are counted faster together. */
function countHour(
  startMs: number,
  rows: readonly SummarisableRow[],
  bins: VersionBins,
  scratch: Float64Array,
): BucketSummary {
  const values = scratch.subarray(0, rows.length);
  const columns = bins.columns.map((column, i) => {
    for (let r = 0; r < rows.length; r++) {
      const { features } = rows[r]!;
      values[r] = i < features.length ? features[i]! : Number.NaN;
    }
    return tallyColumn(column, values);
  });
  /** Of the rows that have one. */
  const tally = (column: Bins, of: (row: SummarisableRow) => number | null) => {
    let n = 0;
    for (let r = 0; r < rows.length; r++) {
      const value = of(rows[r]!);
      if (value !== null) scratch[n++] = value;
    }
    return tallyColumn(column, scratch.subarray(0, n));
  };
  const prediction = tally(bins.prediction, (row) => row.prediction);
  return {
    grain: 1,
    startMs,
    n: rows.length,
    errors: rows.length - prediction.n,
    latency: tally(EXPONENTIAL, (row) => row.latencyMs),
    columns,
    prediction,
    score: tally(bins.score, (row) => (row.prediction === null ? null : row.score)),
  };
}

function addUpDay(startMs: number, hours: readonly BucketSummary[]): BucketSummary {
  return {
    grain: 24,
    startMs,
    n: hours.reduce((sum, hour) => sum + hour.n, 0),
    errors: hours.reduce((sum, hour) => sum + hour.errors, 0),
    latency: addUp(hours.map((hour) => hour.latency)),
    columns: hours[0]!.columns.map((_, i) => addUp(hours.map((hour) => hour.columns[i]!))),
    prediction: addUp(hours.map((hour) => hour.prediction)),
    score: addUp(hours.map((hour) => hour.score)),
  };
}
