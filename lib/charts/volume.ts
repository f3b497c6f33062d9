export type VolumeParts = { n: number; labelled: number; errors: number };

export type Volume = {
  max: number;
  /** Three paths: predictions whose label is in, those still without one, and failed predictions on top. */
  labelled: string;
  waiting: string;
  errors: string;
};

/** Stacked bars of how many predictions a bucket holds; an empty bucket draws nothing. */
export function prepareVolume(args: {
  buckets: readonly (VolumeParts | null)[];
  width: number;
  height: number;
}): Volume {
  const { buckets, width, height } = args;
  const max = Math.max(0, ...buckets.map((bucket) => bucket?.n ?? 0));
  const step = width / Math.max(buckets.length, 1);
  const gap = step >= 4 ? 0.6 : 0;
  const volume: Volume = { max, labelled: "", waiting: "", errors: "" };
  if (max === 0) return volume;
  buckets.forEach((bucket, index) => {
    if (!bucket || bucket.n === 0) return;
    const errors = Math.min(bucket.errors, bucket.n);
    const labelled = Math.min(bucket.labelled, bucket.n - errors);
    let below = 0;
    for (const [part, n] of [
      ["labelled", labelled],
      ["waiting", bucket.n - errors - labelled],
      ["errors", errors],
    ] as const) {
      if (n <= 0) continue;
      const bottom = height - (below / max) * height;
      below += n;
      const top = height - (below / max) * height;
      volume[part] +=
        `M${(index * step).toFixed(2)} ${bottom.toFixed(2)}V${top.toFixed(2)}h${Math.max(step - gap, 0.5).toFixed(2)}V${bottom.toFixed(2)}z`;
    }
  });
  return volume;
}
