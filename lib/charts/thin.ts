/**
 * Which points of a long line to draw: at most `most`, first and last among them. The line is cut into equal runs of
 * points; of each the lowest and the highest stay, so that a spike is seen however many points there are, and one that
 * is not finite, so that a gap stays a gap.
 * @param values in the order of the line
 * @returns places, ascending
 */
export function thinKeepingExtremes(values: readonly number[], most: number): number[] {
  const n = values.length;
  if (n <= most) return values.map((_, place) => place);
  const kept = new Set([0, n - 1]);
  // Three of each run at most, and two for the ends.
  const runs = Math.max(1, Math.floor((most - 2) / 3));
  for (let run = 0; run < runs; run++) {
    let low = -1;
    let high = -1;
    let gap = -1;
    const end = Math.floor(((run + 1) * n) / runs);
    for (let place = Math.floor((run * n) / runs); place < end; place++) {
      const value = values[place]!;
      if (!Number.isFinite(value)) gap = place;
      else {
        if (low < 0 || value < values[low]!) low = place;
        if (high < 0 || value > values[high]!) high = place;
      }
    }
    for (const place of [low, high, gap]) if (place >= 0) kept.add(place);
  }
  return [...kept].sort((a, b) => a - b);
}
