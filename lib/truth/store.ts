import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import type { Task } from "@/lib/models/schema";

/** What must be known of a model to store its labels. */
export type LabelTarget = { modelId: number; task: Task | null };

export async function findLabelTarget(db: Database, model: string): Promise<LabelTarget | null> {
  const [found] = await rows<{ model_id: number; task: Task | null }>(
    db,
    sql`SELECT model_id, task FROM model WHERE name = ${model}`,
  );
  return found ? { modelId: found.model_id, task: found.task } : null;
}

/** A label as the store keeps it; `label` is null while the model's task is unknown, the text is then read later. */
export type StoredLabel = { id: string; label: number | null; text: string | null; tsMs: number };

/**
 * Stores labels, one per id, and moves the performance summaries, in one statement.
 * @returns ids that no prediction has yet.
 */
export async function insertLabels(
  db: Database,
  modelId: number,
  labels: readonly StoredLabel[],
): Promise<Set<string>> {
  const unmatched = await rows<{ id: string }>(
    db,
    sql`SELECT record_labels AS id FROM record_labels(${modelId}::int,
      ${texts(labels.map((label) => label.id))}::text::text[],
      ${numbers(labels.map((label) => label.label))}::text::float8[],
      ${texts(labels.map((label) => label.text))}::text::text[],
      ${numbers(labels.map((label) => label.tsMs))}::text::int8[])`,
  );
  return new Set(unmatched.map((row) => row.id));
}
