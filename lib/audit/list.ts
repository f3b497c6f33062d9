import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { Timestamp } from "@/lib/wire";
import type { AuditPage } from "./schema";
import { type EventFilter, selectEvents } from "./store";

const words = z.string().trim().max(300).optional();

/** Which events: all conditions hold; `from` is in the window, `to` is not. */
export const AuditFilter = z.object({
  actor: words,
  action: words,
  subject: words,
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export type AuditFilter = z.output<typeof AuditFilter>;

export const AuditQuery = AuditFilter.extend({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "expected the next_cursor of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  format: z.enum(["json", "csv", "ndjson"]).default("json"),
});
export type AuditQuery = z.output<typeof AuditQuery>;

/** A page of the audit log, latest first. */
export async function listEvents(
  db: Database,
  { cursor, limit, ...filter }: Omit<AuditQuery, "format">,
): Promise<AuditPage> {
  const found = await selectEvents(db, toFilter(filter), { beforeId: cursor ?? null, limit: limit + 1 });
  const events = found.slice(0, limit);
  return { events, next_cursor: found.length > limit ? events.at(-1)!.id : null };
}

/** An action that ends with a dot stands for all that begin so. */
export function toFilter({ actor, action, subject, from, to }: AuditFilter): EventFilter {
  return {
    actor: actor || null,
    action: action || null,
    subject: subject || null,
    from: from ?? null,
    to: to ?? null,
  };
}
