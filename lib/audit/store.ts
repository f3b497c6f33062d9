import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { AuditEvent } from "./schema";

export type NewAuditEvent = {
  /** A principal's actor, or "cli". */
  actor: string;
  /** What was done, as noun and verb: "key.create", "schema.correct". */
  action: string;
  /** To what: "key:<id>", "model:<name>/<version>". */
  subject: string;
  before?: unknown;
  after?: unknown;
};

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

export async function insertEvent(db: Database, event: NewAuditEvent): Promise<void> {
  await db.execute(
    sql`INSERT INTO audit_event (actor, action, subject, before, after)
      VALUES (${event.actor}, ${event.action}, ${event.subject},
        ${json(event.before)}::text::jsonb, ${json(event.after)}::text::jsonb)`,
  );
}

type EventRow = Omit<AuditEvent, "at"> & { at_ms: number };

/** Events older than `beforeId`, latest first. */
export async function selectEvents(
  db: Database,
  { beforeId, limit, subject }: { beforeId: string | null; limit: number; subject: string | null },
): Promise<AuditEvent[]> {
  const found = await rows<EventRow>(
    db,
    sql`SELECT event_id::text AS id, (extract(epoch FROM at) * 1000)::float8 AS at_ms, actor, action, subject, before, after
      FROM audit_event
      WHERE (${beforeId}::text IS NULL OR event_id < (${beforeId}::text)::bigint)
        AND (${subject}::text IS NULL OR subject = ${subject}::text)
      ORDER BY event_id DESC LIMIT ${limit}`,
  );
  return found.map(({ at_ms, ...event }) => ({ ...event, at: new Date(at_ms).toISOString() }));
}
