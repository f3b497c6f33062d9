import { z } from "zod";
import { FeatureType } from "@/lib/models/schema";
import { Rejection } from "@/lib/predictions/schema";
import { Window } from "@/lib/wire";

/** PUT …/baseline with application/json: freeze a window of logged predictions. */
export const BaselineWindow = Window;

export const BaselineReceipt = z.object({
  rows: z.number().int(),
  features: z.array(z.object({ name: z.string(), type: FeatureType.nullable(), missing: z.number().int() })),
  labelled: z.number().int(),
  rejected: z.array(Rejection),
});
export type BaselineReceipt = z.infer<typeof BaselineReceipt>;
