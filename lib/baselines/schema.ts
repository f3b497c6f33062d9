import { z } from "zod";
import { BaselineInfo, FeatureType } from "@/lib/models/schema";
import { Rejection } from "@/lib/predictions/schema";
import { Timestamp, Window } from "@/lib/wire";

/** PUT …/baseline with application/json: freeze a window of logged predictions. */
export const BaselineWindow = Window;

const BaselineColumn = z.object({
  name: z.string(),
  type: FeatureType.nullable(),
  missing: z.number().int(),
});

export const BaselineReceipt = z.object({
  rows: z.number().int(),
  features: z.array(BaselineColumn),
  labelled: z.number().int(),
  rejected: z.array(Rejection),
  /** Set where more rows were rejected than are listed. */
  rejected_total: z.number().int().optional(),
  /** What was left out or decided, in words. */
  notes: z.array(z.string()),
});
export type BaselineReceipt = z.infer<typeof BaselineReceipt>;

/** GET …/baseline */
export const BaselineReply = BaselineInfo.extend({
  features: z.array(BaselineColumn),
  /** Days before this one are still being counted in the baseline's bins; null = all are done. */
  rebuild_before: Timestamp.nullable(),
});
export type BaselineReply = z.infer<typeof BaselineReply>;
