import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import type { EvaluationReport } from "@/lib/evaluate/schema";
import type { VersionAt } from "@/lib/registry/versions";
import type { Backend, EvaluationSave, EvaluationState, ModelFileRef, ModelFormat } from "./schema";

export type EvaluationAt = VersionAt & { id: string };

export type SummaryRow = {
  evaluation_id: string;
  model: string;
  version: string;
  dataset: string;
  format: ModelFormat;
  model_sha256: string;
  registered_sha256: string | null;
  backend: Backend;
  task: EvaluationReport["task"];
  n: number;
  n_missing_prediction: number;
  metrics: EvaluationReport["metrics"];
  /** Whether what it was confirmed by is the column that the dataset is registered with. */
  by_its_label: boolean;
  state: EvaluationState;
  checked_ms: number | null;
  check_message: string | null;
  created_ms: number;
  created_by: string;
};
export type EvaluationRow = SummaryRow & {
  model_files: ModelFileRef[];
  mapping: InputMapping;
  /** As it was saved. */
  report: EvaluationReport;
  outcome: string;
  /** As the server's repetition gave it; null unless it is confirmed. */
  confirmed_report: EvaluationReport | null;
  confirmed_outcome: string | null;
};

/** What the server's repetition of an evaluation gave. */
export type Counted = { report: EvaluationReport; outcome: string; label: string };

const milliseconds = (column: SQL) => sql`floor(extract(epoch FROM ${column}) * 1000)::float8`;

const SUMMARY = sql`e.evaluation_id, m.name AS model, v.name AS version, e.dataset_sha256 AS dataset, e.format,
  e.model_sha256, e.registered_sha256, e.backend, e.report->>'task' AS task, (e.report->>'n')::float8 AS n,
  (e.report->>'n_missing_prediction')::float8 AS n_missing_prediction,
  coalesce(e.confirmed_report, e.report)->'metrics' AS metrics, e.confirmed_label IS NOT DISTINCT FROM d.label AS by_its_label, e.state, ${milliseconds(sql`e.checked_at`)} AS checked_ms, e.check_message,
  ${milliseconds(sql`e.created_at`)} AS created_ms, e.created_by`;

const EVALUATIONS = sql`FROM evaluation e JOIN model m USING (model_id) JOIN model_version v USING (model_id, version_id)
  LEFT JOIN held_out_dataset d ON d.model_id = e.model_id AND d.sha256 = e.dataset_sha256`;

const AT = ({ model, version }: VersionAt) => sql`m.name = ${model}::text AND v.name = ${version}::text`;

/** The latest first. */
export async function selectEvaluations(db: Database, at: VersionAt, most: number): Promise<SummaryRow[]> {
  return rows(
    db,
    sql`SELECT ${SUMMARY} ${EVALUATIONS} WHERE ${AT(at)} ORDER BY e.created_at DESC, e.evaluation_id LIMIT ${most}::int`,
  );
}

export async function selectEvaluation(db: Database, at: EvaluationAt): Promise<EvaluationRow | null> {
  const [found] = await rows<EvaluationRow>(
    db,
    sql`SELECT ${SUMMARY}, e.model_files, e.mapping, e.report, e.outcome_sha256 AS outcome, e.confirmed_report,
      e.confirmed_outcome_sha256 AS confirmed_outcome ${EVALUATIONS}
      WHERE ${AT(at)} AND e.evaluation_id = ${at.id}::uuid`,
  );
  return found ?? null;
}

/** Those that no repetition has been tried of, the oldest first. */
export async function selectUnchecked(db: Database): Promise<EvaluationAt[]> {
  return rows(
    db,
    sql`SELECT m.name AS model, v.name AS version, e.evaluation_id AS id ${EVALUATIONS}
      WHERE e.state = 'unconfirmed' AND e.checked_at IS NULL ORDER BY e.created_at`,
  );
}

const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`;

/** @throws TM010 where there is no such version */
export async function insertEvaluation(
  db: Database,
  { model, version, id }: EvaluationAt,
  save: EvaluationSave & { modelSha256: string; registeredSha256: string | null },
  actor: string,
): Promise<void> {
  await rows(
    db,
    sql`SELECT save_evaluation(${model}::text, ${version}::text, ${id}::uuid, ${save.dataset}::text,
      ${save.modelSha256}::text, ${json(save.model_files)}, ${save.registeredSha256}::text, ${save.format}::text,
      ${json(save.mapping)}, ${save.backend}::text, ${json(save.report)}, ${save.outcome}::text, ${actor}::text)`,
  );
}

/** @throws TM010 where there is no such evaluation */
export async function updateCheck(
  db: Database,
  { model, id }: EvaluationAt,
  { state, message, counted = null }: { state: EvaluationState; message: string; counted?: Counted | null },
  actor: string,
): Promise<void> {
  await rows(
    db,
    sql`SELECT check_evaluation(${model}::text, ${id}::uuid, ${state}::text, ${message}::text, ${actor}::text,
      ${counted && json(counted.report)}::jsonb, ${counted?.outcome ?? null}::text, ${counted?.label ?? null}::text)`,
  );
}

/** What was said last of how rows become the model's inputs; null where nobody has. */
export async function selectMapping(db: Database, at: VersionAt): Promise<InputMapping | null> {
  const [found] = await rows<{ mapping: InputMapping }>(
    db,
    sql`SELECT i.mapping FROM input_mapping i JOIN model m USING (model_id) JOIN model_version v USING (model_id, version_id)
      WHERE ${AT(at)} ORDER BY i.revision DESC LIMIT 1`,
  );
  return found?.mapping ?? null;
}

/** @throws TM010 where there is no such version */
export async function insertMapping(
  db: Database,
  { model, version }: VersionAt,
  mapping: InputMapping,
  actor: string,
): Promise<void> {
  await rows(
    db,
    sql`SELECT save_input_mapping(${model}::text, ${version}::text, ${json(mapping)}, ${actor}::text)`,
  );
}
