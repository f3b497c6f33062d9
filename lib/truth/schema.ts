import { z } from "zod";
import { Rejection } from "@/lib/predictions/schema";
import { ModelName, Timestamp } from "@/lib/wire";

/** What really happened to one prediction id. A later label for the same id replaces the earlier one. */
export const LabelRow = z.object({
  id: z.string().min(1).max(200),
  label: z.union([z.string().min(1).max(200), z.number(), z.boolean()]),
  /** When it became known; the time of arrival if left out. */
  timestamp: Timestamp.optional(),
});
export type LabelRow = z.infer<typeof LabelRow>;

/** POST /api/v1/ground-truth */
export const LabelBatch = z.object({ model: ModelName, labels: z.array(z.unknown()) });

export const LabelReceipt = z.object({
  accepted: z.number().int(),
  /** Accepted labels whose prediction has not come yet: kept, and joined when it does. */
  unmatched: z.number().int(),
  rejected: z.array(Rejection),
  rejected_total: z.number().int().optional(),
});
export type LabelReceipt = z.infer<typeof LabelReceipt>;
