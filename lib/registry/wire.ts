import { z } from "zod";
import { Stage } from "@/lib/models/schema";
import { KeyValue } from "@/lib/runs/schema";
import { Timestamp } from "@/lib/wire";

/** The run that made a version; name and status are null where this server does not know the run. */
export const SourceRun = z.object({
  run_id: z.string(),
  name: z.string().nullable(),
  status: z.string().nullable(),
  experiment_id: z.string().nullable(),
});
export type SourceRun = z.infer<typeof SourceRun>;

/** What the registry says of a version. How it is doing stands in the model's summary. */
export const VersionRecord = z.object({
  version: z.string(),
  stage: Stage,
  aliases: z.array(z.string()),
  tags: z.array(KeyValue),
  description: z.string(),
  owner: z.string().nullable(),
  source: z.string(),
  run: SourceRun.nullable(),
  logged_model_id: z.string().nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  /** Sent back with a change, so that one that was made from an older view is refused. */
  revision: z.string(),
});
export type VersionRecord = z.infer<typeof VersionRecord>;

/** GET /api/v1/models/{model}/versions: the latest made first. */
export const VersionList = z.object({
  model: z.string(),
  /** Of the model as a whole. */
  description: z.string(),
  tags: z.array(KeyValue),
  owner: z.string().nullable(),
  /** Of these words: sent back with a change, so that one that was made from an older view is refused. */
  revision: z.string(),
  versions: z.array(VersionRecord),
  /** The version that a roll-back would put back into Production; null where there is none. */
  rollback_to: z.string().nullable(),
});
export type VersionList = z.infer<typeof VersionList>;

const Why = z.string().max(2000, "a reason has at most 2,000 characters");

/** PATCH /api/v1/models/{model}/versions/{version}: what is left out stays. */
export const VersionChange = z
  .object({
    revision: z.string().max(100),
    stage: Stage,
    /** Archives whatever else is in that stage, in the same statement. */
    archive_existing_versions: z.boolean(),
    /** All that the version shall have; one that another version has moves here. */
    aliases: z.array(z.string()).max(100),
    /** null takes a tag away. */
    tags: z.record(z.string(), z.string().nullable()),
    description: z.string(),
    owner: z.string().trim().min(1).max(250).nullable(),
    why: Why,
    /** Why what protects the stage or alias is overridden; an administrator's, and said loudly in the audit log. */
    override: z.string().trim().min(1, "say why the protection is overridden").max(2000),
  })
  .partial()
  .strict();
export type VersionChange = z.infer<typeof VersionChange>;

/** PATCH /api/v1/models/{model}: what is left out stays. */
export const ModelWordsChange = z
  .object({
    revision: z.string().max(100),
    /** null takes a tag away. */
    tags: z.record(z.string(), z.string().nullable()),
    description: z.string(),
    owner: z.string().trim().min(1).max(250).nullable(),
    why: Why,
  })
  .partial()
  .strict();
export type ModelWordsChange = z.infer<typeof ModelWordsChange>;

/** POST /api/v1/models/{model}/rollback */
export const RollbackRequest = z
  .object({
    /** The version that is expected to come back; where it would be another, nothing is done. */
    to: z.string(),
    /** Takes this alias back to the version that it pointed at before, in place of Production. */
    alias: z.string().min(1).max(255),
    why: Why,
  })
  .partial()
  .strict();
export type RollbackRequest = z.infer<typeof RollbackRequest>;

/** A move of a stage or an alias, or a change of a version's words. */
export const HistoryEntry = z.object({
  id: z.string(),
  at: Timestamp,
  actor: z.string(),
  kind: z.enum(["stage", "alias", "description", "owner", "tag"]),
  /** stage, description, owner: the version. alias: the alias. tag: its key. */
  subject: z.string(),
  /** The version where the subject is a tag; null otherwise. */
  version: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  why: z.string().nullable(),
  /** By what right a protected stage or alias moved; null where nothing protected it. */
  warrant: z.enum(["promotion", "override", "rollback"]).nullable(),
  promotion_id: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** GET /api/v1/models/{model}/history: the latest first. */
export const HistoryPage = z.object({ changes: z.array(HistoryEntry), next_cursor: z.string().nullable() });
export type HistoryPage = z.infer<typeof HistoryPage>;
