/** Predictions of a stretch of time that could have a label, and those that have one. */
export type Labelled = { startMs: number; answered: number; labelled: number };

/** A bucket with less of the settled coverage than this still waits for labels. */
const RIPE_SHARE = 0.9;

export type Maturity = {
  /** The coverage that buckets reach in the end; null where nothing has been labelled. */
  settled: number | null;
  /** Everything before has had its labels. */
  ripeBeforeMs: number;
};

/**
 * How far labels have come in. The settled coverage is the median over the older half of the history, whose labels
 * have had the longest to come; labels are still coming for the newest buckets, back to the first one that has at
 * least 0.9 of it. An older bucket with few labels is settled: its labels are not late, they are lost.
 *
 * @param history buckets of one width, in any order, up to the newest data; empty ones are passed over
 */
export function maturity(history: readonly Labelled[], widthMs: number): Maturity {
  const buckets = history.filter((bucket) => bucket.answered > 0).sort((a, b) => a.startMs - b.startMs);
  const older = buckets.slice(0, Math.max(1, Math.ceil(buckets.length / 2)));
  const settled = median(older.map((bucket) => bucket.labelled / bucket.answered));
  if (!settled) return { settled: null, ripeBeforeMs: Number.NEGATIVE_INFINITY };
  for (let i = buckets.length - 1; i >= 0; i--) {
    const bucket = buckets[i]!;
    if (bucket.labelled >= RIPE_SHARE * settled * bucket.answered) {
      return { settled, ripeBeforeMs: bucket.startMs + widthMs };
    }
  }
  return { settled, ripeBeforeMs: Number.NEGATIVE_INFINITY };
}

/** Whether a bucket's metric may be compared: it has its labels, or no prediction that could get one. */
export function isRipe({ settled, ripeBeforeMs }: Maturity, bucket: Labelled): boolean {
  if (bucket.answered === 0 || bucket.startMs < ripeBeforeMs) return true;
  if (settled === null) return bucket.labelled > 0;
  return bucket.labelled >= RIPE_SHARE * settled * bucket.answered;
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
