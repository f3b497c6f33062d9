import { z } from "zod";
import { Timestamp } from "@/lib/wire";

export const AuditEvent = z.object({
  id: z.string(),
  at: Timestamp,
  /** Who: "person:<e-mail>", "key:<name>", "cli", or "page" from before people had accounts. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** SHA-256 over the event and the hash of the one before, in hex. */
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** GET /api/v1/audit */
export const AuditPage = z.object({ events: z.array(AuditEvent), next_cursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;

/** GET /api/v1/audit/verify */
export const AuditVerdict = z.object({
  /** How many events were found to be what was written. */
  events: z.number().int().nonnegative(),
  /** The last of them: kept outside the database, it shows later whether the chain was written anew. */
  head: z.object({ id: z.number().int().nonnegative(), hash: z.string().nullable() }),
  /** The first that is not; null where all are. */
  broken: z
    .object({
      id: z.number().int(),
      reason: z.enum(["edited", "deleted", "reordered", "replaced"]),
      message: z.string(),
    })
    .nullable(),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
