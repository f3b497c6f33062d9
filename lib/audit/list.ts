import { z } from "zod";
import type { Database } from "@/lib/db/client";
import type { AuditPage } from "./schema";
import { selectEvents } from "./store";

export const AuditQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "expected the next_cursor of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  subject: z.string().optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** A page of the audit log, latest first. */
export async function listEvents(db: Database, { cursor, limit, subject }: AuditQuery): Promise<AuditPage> {
  const found = await selectEvents(db, {
    beforeId: cursor ?? null,
    limit: limit + 1,
    subject: subject ?? null,
  });
  const events = found.slice(0, limit);
  return { events, next_cursor: found.length > limit ? events.at(-1)!.id : null };
}
