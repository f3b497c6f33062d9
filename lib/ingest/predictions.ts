import type { z } from "zod";
import { countPredictions } from "@/lib/operations/metrics";
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
  const clock = { nowMs, oldestMs: gate.oldestMs(nowMs) };
  const rows: ParsedRow[] = [];
  const rejected: Rejection[] = [];
  batch.predictions.forEach((value, place) => {
    const row = parseRow(value, index + place, clock);
    if (isRejection(row)) rejected.push(row);
    else rows.push(row);
  });
  const receipt: PredictionReceipt = { accepted: 0, duplicates: 0, rejected };
  const fates = await gate.predictions(batch.model, batch.version, rows);
  const stored: ParsedRow[] = [];
  fates.forEach((fate, place) => {
    if (fate === "stored") stored.push(rows[place]!);
    else if (fate === "duplicate") receipt.duplicates++;
    else rejected.push(fate);
  });
  receipt.accepted = stored.length;
  if (batch.predictions.length > 0) count(batch, receipt, stored);
  return boundRejections(receipt);
}

/** Tells Prometheus. Numbers are values, not classes, even where a model classifies with them. */
function count(
  { model, version }: { model: string; version: string },
  receipt: PredictionReceipt,
  stored: ParsedRow[],
): void {
  const classes = new Map<string, number>();
  let errors = 0;
  for (const { prediction } of stored) {
    if (prediction === null) errors++;
    else if (typeof prediction !== "number") {
      classes.set(String(prediction), (classes.get(String(prediction)) ?? 0) + 1);
    }
  }
  const { accepted, duplicates, rejected } = receipt;
  countPredictions({
    model,
    version,
    accepted,
    duplicates,
    rejected: rejected.length,
    errors,
    latenciesMs: stored.map((row) => row.latencyMs),
    classes,
  });
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
