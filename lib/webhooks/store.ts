import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { Delivery, DeliveryRecord, NewWebhook, Webhook, WebhookChange } from "./schema";

/** How long a process has for an attempt before another one may take it over. */
const LEASE_SECONDS = 60;

const ms = (column: SQL) => sql`(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = sql`webhook_id::text AS webhook_id, name, description, url, to_json(events) AS events, status,
  secret IS NOT NULL AS has_secret, ${ms(sql`created_at`)} AS created_ms, ${ms(sql`updated_at`)} AS updated_ms,
  ${ms(sql`last_at`)} AS last_ms, last_status, last_error`;
// An address and a secret may let whoever has them in, so the log shows by a mark alone that they are others than before.
const mark = (text: SQL) => sql`left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 16)`;
const AUDITED = sql`jsonb_build_object('name', name, 'description', description, 'events', events, 'status', status,
  'host', substring(url FROM '^[a-z]+://([^/?#]+)'), 'url_sha256', ${mark(sql`url`)},
  'secret_sha256', ${mark(sql`secret`)})`;

export async function insertWebhook(
  db: Database,
  { name, url, events, description = "", secret = null, status = "ACTIVE" }: NewWebhook,
  actor: string,
): Promise<Webhook> {
  const [made] = await rows<Webhook>(
    db,
    sql`WITH made AS (
        INSERT INTO webhook (name, description, url, secret, events, status)
        VALUES (${name}::text, ${description}::text, ${url}::text, ${secret}::text, ${texts(events)}::text::text[],
          ${status}::text)
        RETURNING *
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, after)
        SELECT ${actor}::text, 'webhook.create', 'webhook:' || webhook_id, ${AUDITED} FROM made
      )
      SELECT ${COLUMNS} FROM made`,
  );
  return made!;
}

export async function selectWebhook(db: Database, id: string): Promise<Webhook | null> {
  const [found] = await rows<Webhook>(
    db,
    sql`SELECT ${COLUMNS} FROM webhook WHERE webhook_id::text = ${id}::text`,
  );
  return found ?? null;
}

/** Where a test of a webhook goes, and by what it is signed. */
export async function selectTarget(
  db: Database,
  id: string,
): Promise<{ url: string; secret: string | null } | null> {
  const [found] = await rows<{ url: string; secret: string | null }>(
    db,
    sql`SELECT url, secret FROM webhook WHERE webhook_id::text = ${id}::text`,
  );
  return found ?? null;
}

/** The latest made first, those after a position. */
export async function selectWebhooks(
  db: Database,
  { after, limit }: { after: string | null; limit: number },
): Promise<Webhook[]> {
  return rows(
    db,
    sql`SELECT ${COLUMNS} FROM webhook
      WHERE ${after}::text IS NULL OR (created_at, webhook_id) <
        (SELECT created_at, webhook_id FROM webhook WHERE webhook_id::text = ${after}::text)
      ORDER BY created_at DESC, webhook_id DESC LIMIT ${limit}::int`,
  );
}

export async function writeWebhook(
  db: Database,
  id: string,
  change: WebhookChange,
  actor: string,
): Promise<Webhook | null> {
  const { name = null, url = null, description = null, secret = null, status = null } = change;
  const [changed] = await rows<Webhook>(
    db,
    sql`WITH former AS (
        SELECT webhook_id AS id, ${AUDITED} AS before FROM webhook WHERE webhook_id::text = ${id}::text FOR UPDATE
      ), changed AS (
        UPDATE webhook SET name = coalesce(${name}::text, name), url = coalesce(${url}::text, url),
          description = coalesce(${description}::text, description),
          secret = CASE WHEN ${change.secret !== undefined}::boolean THEN nullif(${secret}::text, '') ELSE secret END,
          events = coalesce(${change.events ? texts(change.events) : null}::text::text[], events),
          status = coalesce(${status}::text, status), updated_at = clock_timestamp()
        FROM former WHERE webhook_id = former.id RETURNING webhook.*, former.before
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before, after)
        SELECT ${actor}::text, 'webhook.change', 'webhook:' || webhook_id, before, ${AUDITED} FROM changed
      )
      SELECT ${COLUMNS} FROM changed`,
  );
  return changed ?? null;
}

/** With all that it was still to be told. False where there is none. */
export async function removeWebhook(db: Database, id: string, actor: string): Promise<boolean> {
  const removed = await rows(
    db,
    sql`WITH removed AS (
        DELETE FROM webhook WHERE webhook_id::text = ${id}::text RETURNING *
      )
      INSERT INTO audit_event (actor, action, subject, before)
      SELECT ${actor}::text, 'webhook.delete', 'webhook:' || webhook_id, ${AUDITED} FROM removed RETURNING 1 AS done`,
  );
  return removed.length > 0;
}

/**
 * Takes the delivery that has waited longest, of a webhook that is not busy. Whoever takes it and dies leaves it to be
 * taken again.
 */
export async function takeDelivery(db: Database, busy: readonly string[]): Promise<Delivery | null> {
  const [taken] = await rows<Delivery>(
    db,
    sql`WITH due AS (
        SELECT d.webhook_id, d.delivery_id, w.url, w.secret
        FROM webhook_delivery d JOIN webhook w USING (webhook_id)
        WHERE d.next_at <= clock_timestamp() AND w.status = 'ACTIVE'
          AND NOT d.webhook_id::text = ANY (${texts(busy)}::text::text[])
        ORDER BY d.next_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED
      )
      UPDATE webhook_delivery d SET attempts = attempts + 1,
        next_at = clock_timestamp() + ${LEASE_SECONDS}::int * interval '1 second'
      FROM due WHERE d.webhook_id = due.webhook_id AND d.delivery_id = due.delivery_id
      RETURNING d.webhook_id::text AS webhook_id, d.delivery_id::text AS delivery_id, d.event, d.data,
        ${ms(sql`d.created_at`)} AS created_ms, d.attempts, due.url, due.secret`,
  );
  return taken ?? null;
}

/** Writes down what became of an attempt, with the delivery and for all to see with the webhook. */
export async function writeAttempt(
  db: Database,
  { webhook_id, delivery_id }: Pick<Delivery, "webhook_id" | "delivery_id">,
  { status, error, waitSeconds }: { status: number | null; error: string | null; waitSeconds: number | null },
): Promise<void> {
  await rows(
    db,
    sql`WITH written AS (
        UPDATE webhook_delivery SET last_status = ${status}::int, last_error = ${error}::text,
          delivered_at = CASE WHEN ${error}::text IS NULL THEN clock_timestamp() END,
          next_at = clock_timestamp() + ${waitSeconds}::int * interval '1 second'
        WHERE webhook_id = ${webhook_id}::uuid AND delivery_id = ${delivery_id}::uuid
      )
      UPDATE webhook SET last_at = clock_timestamp(), last_status = ${status}::int, last_error = ${error}::text
      WHERE webhook_id = ${webhook_id}::uuid`,
  );
}

/** The latest first. */
export async function selectDeliveries(db: Database, id: string, limit: number): Promise<DeliveryRecord[]> {
  return rows(
    db,
    sql`SELECT webhook_id::text AS webhook_id, delivery_id::text AS delivery_id, event,
        ${ms(sql`created_at`)} AS created_ms, attempts, ${ms(sql`next_at`)} AS next_ms, last_status, last_error,
        CASE WHEN delivered_at IS NOT NULL THEN 'delivered' WHEN next_at IS NULL THEN 'given_up' ELSE 'waiting' END
          AS state
      FROM webhook_delivery WHERE webhook_id::text = ${id}::text ORDER BY created_at DESC LIMIT ${limit}::int`,
  );
}

/** Forgets deliveries that ended so long ago. */
export async function forgetDeliveries(db: Database, days: number): Promise<void> {
  await db.execute(
    sql`DELETE FROM webhook_delivery WHERE next_at IS NULL AND created_at < now() - ${days}::int * interval '1 day'`,
  );
}
