import { z } from "zod";
import { Stage } from "@/lib/models/schema";
import { KeyValue, LifecycleStage, RunStatus } from "@/lib/runs/schema";

const ms = z.number().int();
const name = z.string().min(1);
const tags = z.array(KeyValue).default([]);

/** An experiment of another tracking server, by name: ids of experiments are each server's own. */
export const ImportedExperiment = z.object({
  kind: z.literal("experiment"),
  name,
  /** null = this server keeps its files. */
  artifact_location: z.string().nullable(),
  lifecycle_stage: LifecycleStage,
  creation_time: ms,
  last_update_time: ms,
  tags,
});

/** A run under the id that it had. It is RUNNING until `run_end` says what became of it. */
export const ImportedRun = z.object({
  kind: z.literal("run"),
  run_id: z.string().regex(/^[A-Za-z0-9][\w-]{0,255}$/, "a run id has letters, digits, _ and - only"),
  experiment_id: z.string(),
  run_name: z.string().max(8000),
  user_id: z.string().max(256),
  start_time: ms.nullable(),
  /** null = below its experiment's location. */
  artifact_uri: z.string().nullable(),
});

/** Said last of a run, when everything else of it is there. Changes nothing for a run that has ended here. */
export const ImportedEnd = z.object({
  kind: z.literal("run_end"),
  run_id: name,
  status: RunStatus,
  end_time: ms.nullable(),
  lifecycle_stage: LifecycleStage,
  /** For a deleted run; equal to its experiment's `last_update_time`, it comes back with that. */
  deleted_time: ms.nullable(),
});

export const ImportedLoggedModel = z.object({
  kind: z.literal("logged_model"),
  model_id: z.string().regex(/^m-[\w-]{1,250}$/, "the id of a logged model starts with m-"),
  experiment_id: z.string(),
  name: z.string().max(500),
  status: z.enum(["LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED"]),
  status_message: z.string().nullable(),
  model_type: z.string().nullable(),
  source_run_id: z.string().nullable(),
  artifact_uri: z.string().nullable(),
  creation_time: ms,
  last_update_time: ms,
  params: tags,
  tags,
  metrics: z.array(
    z.object({
      key: name,
      /** A number, or NaN, Infinity, -Infinity as text. */
      value: z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]),
      timestamp: ms,
      step: ms,
      run_id: z.string(),
      dataset_name: z.string().default(""),
      dataset_digest: z.string().default(""),
    }),
  ),
});

export const ImportedModel = z.object({
  kind: z.literal("model"),
  name: z.string(),
  description: z.string(),
  owner: z.string().nullable(),
  created_ms: ms,
  updated_ms: ms,
  tags,
});

/** A version under the number that it had, with its stage and the aliases that point at it. */
export const ImportedVersion = z.object({
  kind: z.literal("version"),
  model: z.string(),
  number: z.number().int().min(1).max(999_999_999),
  stage: Stage,
  description: z.string(),
  owner: z.string().nullable(),
  /** "" = where its files are is not known here. */
  source: z.string(),
  storage_location: z.string(),
  run_id: z.string().nullable(),
  run_link: z.string(),
  logged_model_id: z.string().nullable(),
  created_ms: ms,
  updated_ms: ms,
  tags,
  aliases: z.array(z.string()),
});

export const Imported = z.discriminatedUnion("kind", [
  ImportedExperiment,
  ImportedRun,
  ImportedEnd,
  ImportedLoggedModel,
  ImportedModel,
  ImportedVersion,
]);
export type Imported = z.infer<typeof Imported>;
export type Of<Kind extends Imported["kind"]> = Extract<Imported, { kind: Kind }>;

/** A stage or an alias that a policy protects: the version is here without it, until a promotion gives it. */
const HeldBack = z.object({ kind: z.enum(["stage", "alias"]), name: z.string() });
export type HeldBack = z.infer<typeof HeldBack>;

/** What became of it. */
export const ImportReceipt = z.object({
  /** new: made now. there: it was here already. other: something else is here under that name, and stays. */
  outcome: z.enum(["new", "there", "other"]),
  /** Tags and aliases that were not there before. */
  added: z.number().int(),
  experiment_id: z.string().optional(),
  artifact_uri: z.string().optional(),
  status: RunStatus.optional(),
  lifecycle_stage: LifecycleStage.optional(),
  /** Points of all metrics of the run that are here now. */
  points: z.number().int().optional(),
  /** Of a version: what it has not got here, since a policy protects it. */
  held_back: z.array(HeldBack).optional(),
});
export type ImportReceipt = z.infer<typeof ImportReceipt>;
