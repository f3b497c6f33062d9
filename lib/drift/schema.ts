import { z } from "zod";
import { FeatureType } from "@/lib/models/schema";
import { Bucket, Timestamp, Window } from "@/lib/wire";

export const Severity = z.enum(["low", "medium", "high"]);
export type Severity = z.infer<typeof Severity>;

/** Something beside the distribution test that an analyst should know of a feature. */
export const Finding = z.object({
  kind: z.enum(["missing_rate", "out_of_range", "new_category", "small_counts"]),
  message: z.string(),
  /** Rows concerned, and their share of the current window. */
  n: z.number().int(),
  share: z.number(),
  p_value: z.number().nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** Two distributions over the very bins that were scored. Counts, not shares. */
export const Histogram = z.object({
  /** Numbers: B+1 ascending edges of the B right-closed bins, the outermost being the range seen; else empty. */
  edges: z.array(z.number()),
  /** Categories, most frequent in the reference first; the last may be "other" (see other_categories); else empty. */
  categories: z.array(z.string()),
  /** How many distinct categories the "other" bar holds; 0 = there is no such bar. */
  other_categories: z.number().int(),
  reference: z.array(z.number()),
  current: z.array(z.number()),
  /** What each bin adds to PSI. */
  psi_contribution: z.array(z.number()),
});
export type Histogram = z.infer<typeof Histogram>;

export const FeatureDrift = z.object({
  name: z.string(),
  type: FeatureType.nullable(),
  unit: z.string().nullable(),
  /** not_computable: `reason` says why, the numbers are null, the report stands. */
  state: z.enum(["ok", "not_computable"]),
  reason: z.string().nullable(),
  method: z.enum(["ks", "chi2"]).nullable(),
  /** KS distance D for numbers, chi-square for categories. */
  statistic: z.number().nullable(),
  /** The true D lies in [statistic, statistic + error_bound]; 0 where exact. */
  error_bound: z.number().nullable(),
  /** Where the cumulative shares lie furthest apart. */
  location: z.number().nullable(),
  p_value: z.number().nullable(),
  /** p after Benjamini–Hochberg across the features tested together. */
  q_value: z.number().nullable(),
  /** Size of the change, 0 to 1: D for numbers, total variation for categories. */
  effect: z.number().nullable(),
  /** The effect that chance alone stays under 95 % of the time at these n. */
  effect_band: z.number().nullable(),
  effect_floor: z.number(),
  alpha: z.number(),
  significant: z.boolean().nullable(),
  /** The effect reaches the floor and exceeds the band; with a floor of 0 always. */
  sizeable: z.boolean().nullable(),
  drift_detected: z.boolean().nullable(),
  severity: Severity.nullable(),
  direction: z.enum(["up", "down"]).nullable(),
  mean_reference: z.number().nullable(),
  mean_current: z.number().nullable(),
  deviation_reference: z.number().nullable(),
  deviation_current: z.number().nullable(),
  psi: z.number().nullable(),
  psi_band: z.number().nullable(),
  js_distance: z.number().nullable(),
  js_band: z.number().nullable(),
  kl_divergence: z.number().nullable(),
  /** In the feature's unit: of the raw values, or from the fine bins of both sides; `scoring.wasserstein` says which. */
  wasserstein: z.number().nullable(),
  /** In standard deviations of the reference. */
  wasserstein_scaled: z.number().nullable(),
  /** How the distances were made, since tools differ in all four. */
  scoring: z
    .object({
      bins: z.number().int(),
      log_base: z.string(),
      fill: z.string(),
      wasserstein: z.string().nullable(),
    })
    .nullable(),
  new_categories: z.array(z.string()),
  findings: z.array(Finding),
  /** Rows with a value. */
  n_reference: z.number().int(),
  n_current: z.number().int(),
  missing_reference: z.number().int(),
  missing_current: z.number().int(),
  histogram: Histogram.nullable(),
});
export type FeatureDrift = z.infer<typeof FeatureDrift>;

const SegmentApplied = z
  .boolean()
  .nullable()
  .describe(
    "Whether the reference was cut by the segment too; null without a segment. false: the baseline lacks the segment's column, so the segment is compared with the whole of it.",
  );

export const ReferenceKind = z.enum(["baseline", "previous", "window"]);
export type ReferenceKind = z.infer<typeof ReferenceKind>;

/** GET …/drift */
export const DriftReport = z.object({
  model: z.string(),
  version: z.string(),
  window: Window.extend({ n: z.number().int() }),
  reference: z.object({
    kind: ReferenceKind,
    n: z.number().int(),
    window: Window.nullable(),
    label: z.string(),
    segment_applied: SegmentApplied,
  }),
  segment: z.string().nullable(),
  /** raw: every value was read (exact=true, or a segment). */
  source: z.enum(["summaries", "raw"]),
  /** null when nothing could be tested; reason says why. */
  drift_detected: z.boolean().nullable(),
  drifted_share: z.number().nullable(),
  tested: z.number().int(),
  reason: z.string().nullable(),
  features: z.array(FeatureDrift),
  prediction: FeatureDrift.nullable(),
  score: FeatureDrift.nullable(),
  /** Last time a row of this version arrived. */
  fresh_to: Timestamp.nullable(),
});
export type DriftReport = z.infer<typeof DriftReport>;

const TimelineRow = z.object({
  name: z.string(),
  type: FeatureType.nullable(),
  /** Effect (D or total variation) per bucket; null = nothing measured. */
  effect: z.array(z.number().nullable()),
  error_bound: z.array(z.number().nullable()),
  /** What chance alone stays under 95 % of the time, per bucket. */
  band: z.array(z.number().nullable()),
  n: z.array(z.number().int()),
  effect_floor: z.number(),
});
export type TimelineRow = z.infer<typeof TimelineRow>;

/** GET …/drift/timeline */
export const DriftTimeline = z.object({
  model: z.string(),
  version: z.string(),
  window: Window,
  bucket: Bucket,
  reference: z.object({
    kind: ReferenceKind,
    n: z.number().int(),
    label: z.string(),
    segment_applied: SegmentApplied,
  }),
  reason: z.string().nullable(),
  /** Start of each bucket; filling = its end lies in the future of the data. */
  buckets: z.array(z.object({ start: Timestamp, n: z.number().int(), filling: z.boolean() })),
  features: z.array(TimelineRow),
  prediction: TimelineRow.nullable(),
  score: TimelineRow.nullable(),
});
export type DriftTimeline = z.infer<typeof DriftTimeline>;

/** GET …/drift/segments: which part of the traffic carries a feature's drift. */
export const DriftCarriers = z.object({
  model: z.string(),
  version: z.string(),
  window: Window,
  reference: z.object({ kind: ReferenceKind, label: z.string() }),
  feature: z.string(),
  /** Rows of the window that have a value. */
  n: z.number().int(),
  /** What the contributions of a dimension add up to: D for numbers (from the bins), total variation for categories. */
  distance: z.number().nullable(),
  /** Why there are no dimensions. */
  reason: z.string().nullable(),
  dimensions: z.array(
    z.object({
      name: z.string(),
      role: z.enum(["feature", "segment"]),
      /** Distinct values seen, rows without one being one; `values` holds the 20 that contribute most. */
      distinct: z.number().int(),
      values: z.array(
        z.object({
          /** null: the rows without a value of this dimension. */
          value: z.string().nullable(),
          n: z.number().int(),
          traffic_share: z.number(),
          /** Traffic share times how far these rows moved where the whole has moved most. */
          contribution: z.number(),
          /** contribution / distance; below 0 it holds against the drift. null at a distance of 0. */
          drift_share: z.number().nullable(),
        }),
      ),
    }),
  ),
});
export type DriftCarriers = z.infer<typeof DriftCarriers>;
