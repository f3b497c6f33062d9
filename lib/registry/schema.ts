import { z } from "zod";
import { Stage } from "@/lib/models/schema";
import { KeyValue } from "@/lib/runs/schema";

/**
 * A version as the registry speaks of it: the same row that logged predictions are counted for. Times are milliseconds
 * since 1970.
 */
export const RegisteredVersion = z.object({
  model: z.string(),
  version: z.string(),
  /** What MLflow's clients count by; null for a version whose name is no number. */
  number: z.number().int().nullable(),
  stage: Stage,
  description: z.string(),
  owner: z.string().nullable(),
  /** Where its files are, as the client said: `runs:/…`, `models:/…`, an address. "" where predictions made it. */
  source: z.string(),
  /** Where the source was found to lead. */
  storage_location: z.string(),
  run_id: z.string().nullable(),
  run_link: z.string(),
  /** The logged model (MLflow 3) that was registered. */
  logged_model_id: z.string().nullable(),
  created_ms: z.number(),
  updated_ms: z.number(),
  tags: z.array(KeyValue),
  aliases: z.array(z.string()),
});
export type RegisteredVersion = z.infer<typeof RegisteredVersion>;

export const RegisteredModel = z.object({
  model: z.string(),
  description: z.string(),
  owner: z.string().nullable(),
  created_ms: z.number(),
  updated_ms: z.number(),
  tags: z.array(KeyValue),
  aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
  /** Of each stage the version of the highest number. */
  latest_versions: z.array(RegisteredVersion),
});
export type RegisteredModel = z.infer<typeof RegisteredModel>;

/** A stage or an alias that moved, or words of a version that were changed on its page. */
export const ModelChange = z.object({
  id: z.string(),
  at_ms: z.number(),
  actor: z.string(),
  kind: z.enum(["stage", "alias", "description", "owner", "tag"]),
  model: z.string(),
  /** stage, description, owner: the version. alias: the alias. tag: its key. */
  subject: z.string(),
  /** The version where the subject is a tag; null otherwise. */
  version: z.string().nullable(),
  /** stage: a stage. alias: a version, null where it pointed nowhere. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  why: z.string().nullable(),
  /** By what right a protected stage or alias moved; null where nothing protected it. */
  warrant: z.enum(["promotion", "override", "rollback"]).nullable(),
  promotion_id: z.string().nullable(),
});
export type ModelChange = z.infer<typeof ModelChange>;

/** Who changes something in the registry, and why if they say so. */
export type Author = { actor: string; why?: string | null };
