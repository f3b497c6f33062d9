import { z } from "zod";
import { Finding } from "@/lib/drift/schema";
import { FeatureType } from "@/lib/models/schema";
import { Bucket, Timestamp, Window } from "@/lib/wire";

export const FeatureQuality = z.object({
  name: z.string(),
  role: z.enum(["feature", "segment"]),
  type: FeatureType.nullable(),
  unit: z.string().nullable(),
  /** Rows with a value, and without. */
  n: z.number().int(),
  missing: z.number().int(),
  missing_rate: z.number().nullable(),
  missing_rate_reference: z.number().nullable(),
  /** Numbers outside the baseline's range. */
  below: z.number().int().nullable(),
  above: z.number().int().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  /** Range of the baseline. */
  reference_min: z.number().nullable(),
  reference_max: z.number().nullable(),
  /** Distinct categories in the window, and the most frequent ones. */
  categories: z.number().int().nullable(),
  top: z.array(z.object({ value: z.string(), n: z.number().int() })),
  findings: z.array(Finding),
  /** Missing rate per bucket; null = no rows. */
  series: z.array(z.number().nullable()),
});
export type FeatureQuality = z.infer<typeof FeatureQuality>;

/** GET …/quality */
export const QualityReport = z.object({
  model: z.string(),
  version: z.string(),
  window: Window,
  bucket: Bucket,
  n: z.number().int(),
  errors: z.number().int(),
  latency_ms: z
    .object({ n: z.number().int(), mean: z.number(), p50: z.number(), p95: z.number(), p99: z.number() })
    .nullable(),
  buckets: z.array(
    z.object({
      start: Timestamp,
      n: z.number().int(),
      errors: z.number().int(),
      latency_p95_ms: z.number().nullable(),
    }),
  ),
  features: z.array(FeatureQuality),
  fresh_to: Timestamp.nullable(),
});
export type QualityReport = z.infer<typeof QualityReport>;
