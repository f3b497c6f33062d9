import type { z } from "zod";
import { isRejection, type ParsedRow, parseRow } from "@/lib/predictions/parse";
import type { PredictionBatch, PredictionReceipt, Rejection } from "@/lib/predictions/schema";
import type { Gate } from "./gate";

/** Rejections that a reply lists; a stream of bad rows must not grow without bound in memory. */
export const MOST_REJECTIONS = 1000;

/**
 * Stores a batch of predictions and answers row by row. When it returns, the rows are committed.
 * @param index of the first row, for a batch that is part of a stream
 * @throws TidemarkError `overloaded`; nothing of the batch is kept then
 */
export async function recordPredictions(
  gate: Gate,
  batch: z.infer<typeof PredictionBatch>,
  { nowMs, index = 0 }: { nowMs: number; index?: number },
): Promise<PredictionReceipt> {
  const rows: ParsedRow[] = [];
  const rejected: Rejection[] = [];
  batch.predictions.forEach((value, place) => {
    const row = parseRow(value, index + place, nowMs);
    if (isRejection(row)) rejected.push(row);
    else rows.push(row);
  });
  const receipt: PredictionReceipt = { accepted: 0, duplicates: 0, rejected };
  for (const fate of await gate.predictions(batch.model, batch.version, rows)) {
    if (fate === "stored") receipt.accepted++;
    else if (fate === "duplicate") receipt.duplicates++;
    else rejected.push(fate);
  }
  return boundRejections(receipt);
}

/** Sorts the rejections by row and lists only the first of very many, saying how many there are. */
export function boundRejections<
  Receipt extends { rejected: Rejection[]; rejected_total?: number | undefined },
>(receipt: Receipt): Receipt {
  receipt.rejected.sort((a, b) => a.index - b.index);
  const total = receipt.rejected_total ?? receipt.rejected.length;
  if (total <= MOST_REJECTIONS) return receipt;
  return { ...receipt, rejected: receipt.rejected.slice(0, MOST_REJECTIONS), rejected_total: total };
}
