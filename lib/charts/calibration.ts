export type CalibrationBin = { n: number; mean_score: number; positive_share: number };

export type CalibrationPoint = {
  score: number;
  share: number;
  n: number;
  /** Where a calibrated model's share lies 95 % of the time at this n: score ± chance. */
  chance: number;
};

/** Bins that hold rows, and the one furthest from its score beyond what chance explains. */
export function prepareCalibration(bins: readonly CalibrationBin[]): {
  points: CalibrationPoint[];
  worst: CalibrationPoint | null;
} {
  const points = bins
    .filter(({ n }) => n > 0)
    .map(({ n, mean_score: score, positive_share: share }) => ({
      score,
      share,
      n,
      chance: 1.96 * Math.sqrt((score * (1 - score)) / n),
    }));
  const off = points.filter(({ score, share, chance }) => Math.abs(share - score) > chance);
  const far = (point: CalibrationPoint) => Math.abs(point.share - point.score);
  return {
    points,
    worst: off.reduce<CalibrationPoint | null>((a, b) => (a && far(a) >= far(b) ? a : b), null),
  };
}
