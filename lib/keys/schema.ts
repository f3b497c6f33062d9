import { z } from "zod";
import { Timestamp } from "@/lib/wire";

/** ingest: log predictions and labels. read: every report. admin: everything, keys and settings included. */
export const Scope = z.enum(["ingest", "read", "admin"]);
export type Scope = z.infer<typeof Scope>;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  scopes: z.array(Scope),
  /** E-mail address of the person whose key it is; null = a service's. */
  person: z.string().nullable(),
  created_at: Timestamp,
  /** From then on it opens nothing; null = it does not lapse. */
  expires_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
  revoked_at: Timestamp.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyList = z.object({ keys: z.array(ApiKey) });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

export const NewApiKey = z
  .object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(Scope).min(1),
    /** me: may do no more than the person who makes it, and ends with them. service: an administrator makes it. */
    owner: z.enum(["me", "service"]).optional(),
    expires_at: Timestamp.optional(),
  })
  .strict();
export type NewApiKey = z.infer<typeof NewApiKey>;

/** The secret is in this reply and nowhere else, ever again. */
export const CreatedApiKey = z.object({ key: ApiKey, secret: z.string() });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;
