import type { z } from "zod";
import type { Rejection } from "@/lib/predictions/schema";
import { type ParsedLabel, parseLabel } from "@/lib/truth/parse";
import type { LabelBatch, LabelReceipt } from "@/lib/truth/schema";
import type { Gate } from "./gate";
import { boundRejections } from "./predictions";

/**
 * Stores labels and answers row by row. When it returns, they are committed and the performance summaries have moved.
 * @throws TidemarkError `overloaded`; nothing of the batch is kept then
 */
export async function recordLabels(
  gate: Gate,
  batch: z.infer<typeof LabelBatch>,
  { nowMs, index = 0 }: { nowMs: number; index?: number },
): Promise<LabelReceipt> {
  const labels: ParsedLabel[] = [];
  const rejected: Rejection[] = [];
  batch.labels.forEach((value, place) => {
    const label = parseLabel(value, index + place, nowMs);
    if ("error" in label) rejected.push(label);
    else labels.push(label);
  });
  const receipt: LabelReceipt = { accepted: 0, unmatched: 0, rejected };
  for (const fate of await gate.labels(batch.model, labels)) {
    if (typeof fate === "object") rejected.push(fate);
    else {
      receipt.accepted++;
      if (fate === "unmatched") receipt.unmatched++;
    }
  }
  return boundRejections(receipt);
}
