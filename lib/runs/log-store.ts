import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import type { KeyValue, LoggedMetric } from "./schema";

/** An array literal of float8, in which NaN is a value and not a gap. */
const doubles = (values: readonly number[]) => `{${values.join(",")}}`;

/** Writes a batch in one statement. Metrics that name a logged model are kept with that model too. */
export async function writeBatch(
  db: Database,
  runId: string,
  {
    metrics,
    params,
    tags,
  }: { metrics: readonly LoggedMetric[]; params: readonly KeyValue[]; tags: readonly KeyValue[] },
): Promise<void> {
  const measured = metrics.filter((metric) => metric.model_id);
  await rows(
    db,
    sql`SELECT log_batch(${runId}::text, ${texts(metrics.map((metric) => metric.key))}::text::text[],
      ${doubles(metrics.map((metric) => metric.value))}::text::float8[],
      ${numbers(metrics.map((metric) => metric.timestamp))}::text::int8[],
      ${numbers(metrics.map((metric) => metric.step))}::text::int8[],
      ${texts(params.map((param) => param.key))}::text::text[],
      ${texts(params.map((param) => param.value))}::text::text[],
      ${texts(tags.map((tag) => tag.key))}::text::text[], ${texts(tags.map((tag) => tag.value))}::text::text[])${
        measured.length > 0 ? sql`, ${ofModels(runId, measured)}` : sql``
      }`,
  );
}

const ofModels = (runId: string, metrics: readonly LoggedMetric[]) =>
  sql`log_model_metrics(${runId}::text, ${texts(metrics.map((metric) => metric.model_id))}::text::text[],
    ${texts(metrics.map((metric) => metric.key))}::text::text[],
    ${doubles(metrics.map((metric) => metric.value))}::text::float8[],
    ${numbers(metrics.map((metric) => metric.timestamp))}::text::int8[],
    ${numbers(metrics.map((metric) => metric.step))}::text::int8[],
    ${texts(metrics.map((metric) => metric.dataset_name ?? ""))}::text::text[],
    ${texts(metrics.map((metric) => metric.dataset_digest ?? ""))}::text::text[])`;

/** Adds to the JSON list that a run's `mlflow.log-model.history` is. */
export async function appendToHistory(db: Database, runId: string, entry: string): Promise<void> {
  await rows(
    db,
    sql`INSERT INTO run_tag AS t (run_id, key, value, experiment_id)
      SELECT run_id, 'mlflow.log-model.history', '[' || ${entry}::text || ']', experiment_id
      FROM run WHERE run_id = ${runId}::text
      ON CONFLICT (run_id, key) DO UPDATE SET value = left(t.value, -1) || ', ' || ${entry}::text || ']'`,
  );
}
