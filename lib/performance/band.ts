import { metricNoiseBand } from "@/lib/stats/metric-noise-band";
import type { BaselinePerformance } from "./baseline";
import type { Measured } from "./compute";

/** 97.5 % point of the normal law. */
const Z = 1.959963984540054;

/**
 * The band in which chance alone moves the primary metric around its baseline, 95 times of 100, at a bucket's size.
 * accuracy: binomial; auc: Hanley and McNeil; rmse: normal in the mean squared error, from the baseline's own spread of
 * squared errors, so that heavy tails count.
 *
 * @returns null without a baseline, without labels in the bucket, and where the baseline's spread is not known
 */
export function chanceBand(
  primary: string,
  bucket: Pick<Measured, "n" | "scoredPositive" | "scoredNegative">,
  baseline: BaselinePerformance | null,
): [number, number] | null {
  const centre = baseline?.metrics[primary];
  if (!baseline || centre === null || centre === undefined || bucket.n === 0) return null;
  if (primary === "rmse") {
    const spread = baseline.squaredErrorDeviation;
    if (spread === null || spread === undefined) return null;
    const half = (Z * spread) / Math.sqrt(bucket.n);
    return [Math.sqrt(Math.max(0, centre ** 2 - half)), Math.sqrt(centre ** 2 + half)];
  }
  const band =
    primary === "auc"
      ? metricNoiseBand({
          metric: "auc",
          baseline: centre,
          nPositive: bucket.scoredPositive,
          nNegative: bucket.scoredNegative,
        })
      : primary === "accuracy"
        ? metricNoiseBand({ metric: "accuracy", baseline: centre, n: bucket.n })
        : null;
  return band && [band.lower, band.upper];
}
