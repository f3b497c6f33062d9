import { z } from "zod";
import { BaselineInfo, Health, Stage } from "@/lib/models/schema";
import { SourceRun } from "@/lib/registry/wire";
import { Timestamp } from "@/lib/wire";

/** A data set that the run read, named by content. */
export const LineageDataset = z.object({
  name: z.string(),
  digest: z.string(),
  source_type: z.string(),
  source: z.string(),
  /** What it was used for, as the run said: "training", "validation". */
  context: z.string().nullable(),
  /** As far as its profile tells. */
  rows: z.number().int().nullable(),
});
export type LineageDataset = z.infer<typeof LineageDataset>;

/** GET …/lineage: the road from the data that a version was trained on to how it is doing. */
export const Lineage = z.object({
  model: z.string(),
  version: z.string(),
  stage: Stage,
  created_at: Timestamp,
  source: z.string(),
  logged_model_id: z.string().nullable(),
  run: SourceRun.nullable(),
  datasets: z.array(LineageDataset),
  baseline: BaselineInfo.nullable(),
  predictions: z.number().int(),
  labelled: z.number().int(),
  last_prediction_at: Timestamp.nullable(),
  health: Health.nullable(),
});
export type Lineage = z.infer<typeof Lineage>;
