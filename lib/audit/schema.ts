import { z } from "zod";
import { Timestamp } from "@/lib/wire";

export const AuditEvent = z.object({
  id: z.string(),
  at: Timestamp,
  /** Who: "page" until people have accounts, or "key:<name>", or "cli". */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** GET /api/v1/audit */
export const AuditPage = z.object({ events: z.array(AuditEvent), next_cursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
