import { type SQL, sql } from "drizzle-orm";
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

export type EventFilter = {
  /** Part of it, without regard to case; as in subject. */
  actor: string | null;
  /** The whole of it; with a dot at the end, its beginning. */
  action: string | null;
  subject: string | null;
  /** RFC 3339; the window is [from, to). */
  from: string | null;
  to: string | null;
};

/** Events of a filter older than `beforeId`, latest first. */
export async function selectEvents(
  db: Database,
  { actor, action, subject, from, to }: EventFilter,
  { beforeId, limit }: { beforeId: string | null; limit: number },
): Promise<AuditEvent[]> {
  const conditions = [
    beforeId === null ? null : sql`event_id < ${beforeId}::bigint`,
    actor === null ? null : contains(sql`actor`, actor),
    action === null
      ? null
      : action.endsWith(".")
        ? sql`starts_with(action, ${action})`
        : sql`action = ${action}`,
    subject === null ? null : contains(sql`subject`, subject),
    from === null ? null : sql`at >= ${from}::timestamptz`,
    to === null ? null : sql`at < ${to}::timestamptz`,
  ].filter((condition) => condition !== null);
  const found = await rows<EventRow>(
    db,
    sql`SELECT event_id::text AS id, (extract(epoch FROM at) * 1000)::float8 AS at_ms, actor, action, subject, before,
        after, encode(hash, 'hex') AS hash
      FROM audit_event
      ${conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`}
      ORDER BY event_id DESC LIMIT ${limit}`,
  );
  return found.map(({ at_ms, ...event }) => ({ ...event, at: new Date(at_ms).toISOString() }));
}

const contains = (column: SQL, text: string) => sql`position(lower(${text}) IN lower(${column})) > 0`;
