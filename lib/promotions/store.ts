import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { VersionAt } from "@/lib/registry/versions";
import type { PromotionEvent, PromotionState, Snapshot, Target } from "./schema";

/** What a request rests on: promotion_mark (drizzle/0028_promotion.sql). */
export type Mark = { held: string[]; card: number } & Record<string, unknown>;

export type SummaryRow = {
  promotion_id: string;
  model: string;
  version: string;
  kind: Target["kind"];
  target: string;
  archive: boolean;
  state: PromotionState;
  state_why: string | null;
  reason: string;
  asked_by: string;
  asked_person: string;
  asked_ms: number;
  decided_by: string | null;
  decided_ms: number | null;
  passed: boolean;
  gates: number;
  failed: number;
  champion: string | null;
  approvals: number;
  given: number;
};
export type PromotionRow = SummaryRow & {
  snapshot: Snapshot;
  snapshot_sha256: string;
  /** Persons who have approved. */
  approvers: string[];
};

const ms = (column: SQL) => sql`floor(extract(epoch FROM ${column}) * 1000)::float8`;
/** One whose evidence has aged is lapsed before anything else writes that down. */
const AGED = sql`(p.state = 'open' AND p.expires_at <= now())`;
const STATE = sql`CASE WHEN ${AGED} THEN 'lapsed' ELSE p.state END`;
const APPROVALS = sql`FROM promotion_event e WHERE e.model_id = p.model_id AND e.promotion_id = p.promotion_id
  AND e.kind = 'approve'`;

const SUMMARY = sql`p.promotion_id, m.name AS model, p.version, p.kind, p.target, p.archive, ${STATE} AS state,
  CASE WHEN ${AGED} THEN 'the evidence has become older than the gates allow' ELSE p.state_why END AS state_why,
  p.reason, p.asked_by, p.asked_person, ${ms(sql`p.asked_at`)} AS asked_ms, p.decided_by,
  ${ms(sql`CASE WHEN ${AGED} THEN p.expires_at ELSE p.decided_at END`)} AS decided_ms, p.passed,
  jsonb_array_length(p.snapshot->'gates') AS gates,
  (SELECT count(*) FROM jsonb_array_elements(p.snapshot->'gates') AS g WHERE NOT (g->>'passed')::boolean)::int AS failed,
  p.snapshot->>'champion' AS champion, p.approvals, (SELECT count(*) ${APPROVALS})::int AS given`;

const OF_ALL = sql`FROM promotion p JOIN model m USING (model_id)`;

/** The open ones first, the oldest of them on top; then the others, the latest decided first. */
export async function selectPromotions(
  db: Database,
  {
    model,
    state,
    offset,
    limit,
  }: { model: string | null; state: PromotionState | null; offset: number; limit: number },
): Promise<SummaryRow[]> {
  return rows(
    db,
    sql`SELECT * FROM (SELECT ${SUMMARY} ${OF_ALL}) AS all_of
      WHERE (${model}::text IS NULL OR model = ${model}::text) AND (${state}::text IS NULL OR state = ${state}::text)
      ORDER BY state = 'open' DESC, CASE WHEN state = 'open' THEN asked_ms END, decided_ms DESC, promotion_id
      LIMIT ${limit}::int OFFSET ${offset}::int`,
  );
}

export async function countOpen(db: Database): Promise<number> {
  const [found] = await rows<{ n: number }>(
    db,
    sql`SELECT count(*)::int AS n FROM promotion p WHERE p.state = 'open' AND NOT coalesce(${AGED}, false)`,
  );
  return found!.n;
}

export async function selectPromotion(db: Database, id: string): Promise<PromotionRow | null> {
  const [found] = await rows<PromotionRow>(
    db,
    sql`SELECT ${SUMMARY}, p.snapshot, encode(sha256(convert_to(p.snapshot::text, 'UTF8')), 'hex') AS snapshot_sha256,
        coalesce((SELECT json_agg(e.person) ${APPROVALS}), '[]') AS approvers
      ${OF_ALL} WHERE p.promotion_id = ${id}::uuid`,
  );
  return found ?? null;
}

export async function selectOpen(
  db: Database,
  { model, version }: VersionAt,
  { kind, name }: Target,
): Promise<string | null> {
  const [found] = await rows<{ promotion_id: string }>(
    db,
    sql`SELECT p.promotion_id ${OF_ALL} WHERE m.name = ${model}::text AND p.version = ${version}::text
      AND p.kind = ${kind}::text AND p.target = ${name}::text AND p.state = 'open'
      AND NOT coalesce(${AGED}, false)`,
  );
  return found?.promotion_id ?? null;
}

export async function selectEvents(db: Database, id: string): Promise<PromotionEvent[]> {
  const found = await rows<Omit<PromotionEvent, "at"> & { at_ms: number }>(
    db,
    sql`SELECT event_id::text AS id, ${ms(sql`at`)} AS at_ms, actor, kind, words FROM promotion_event
      WHERE promotion_id = ${id}::uuid
        AND model_id = (SELECT model_id FROM promotion WHERE promotion_id = ${id}::uuid)
      ORDER BY event_id`,
  );
  return found.map(({ at_ms, ...event }) => ({ ...event, at: new Date(at_ms).toISOString() }));
}

const ids = (evidence: readonly string[]) => sql`${texts(evidence)}::text::uuid[]`;

/** What a request would rest on now. */
export async function selectMark(
  db: Database,
  { model, version }: VersionAt,
  { kind, name }: Target,
  evidence: readonly string[],
): Promise<Mark> {
  const [found] = await rows<{ mark: Mark }>(
    db,
    sql`SELECT promotion_mark(model_id, ${version}::text, ${kind}::text, ${name}::text, ${ids(evidence)}) AS mark
      FROM model WHERE name = ${model}::text`,
  );
  return found!.mark;
}

export type NewPromotion = VersionAt & {
  id: string;
  target: Target;
  archive: boolean;
  reason: string;
  snapshot: Snapshot;
  passed: boolean;
  evidence: readonly string[];
  mark: Mark;
  expiresAt: string | null;
};

/** @throws TM041, TM042, 23505: see ask_promotion (drizzle/0028_promotion.sql) */
export async function insertPromotion(
  db: Database,
  made: NewPromotion,
  { actor, person }: { actor: string; person: string },
): Promise<PromotionState> {
  const [done] = await rows<{ state: PromotionState }>(
    db,
    sql`SELECT ask_promotion(${made.model}::text, ${made.id}::uuid, ${made.version}::text, ${made.target.kind}::text,
      ${made.target.name}::text, ${made.archive}::boolean, ${made.reason}::text, ${actor}::text, ${person}::text,
      ${JSON.stringify(made.snapshot)}::text::jsonb, ${made.passed}::boolean, ${ids(made.evidence)},
      ${JSON.stringify(made.mark)}::text::jsonb, ${made.expiresAt}::timestamptz) AS state`,
  );
  return done!.state;
}

/** @throws TM010, TM043 to TM046: see decide_promotion (drizzle/0028_promotion.sql) */
export async function writeDecision(
  db: Database,
  id: string,
  { deed, words, any }: { deed: Exclude<PromotionEvent["kind"], "lapse">; words: string; any: boolean },
  { actor, person }: { actor: string; person: string },
): Promise<PromotionState> {
  const [done] = await rows<{ state: PromotionState }>(
    db,
    sql`SELECT decide_promotion(${id}::uuid, ${deed}::text, ${words}::text, ${actor}::text, ${person}::text,
      ${any}::boolean) AS state`,
  );
  return done!.state;
}

/** Closes an open request for a reason that only the application can see. */
export async function writeLapse(db: Database, id: string, why: string): Promise<void> {
  await rows(db, sql`SELECT lapse_promotion(${id}::uuid, ${why}::text)`);
}

/** The version that a target holds beside one: of a stage the one that came last. */
export async function selectHeld(
  db: Database,
  { model, version }: VersionAt,
  { kind, name }: Target,
): Promise<string | null> {
  const [found] = await rows<{ version: string }>(
    db,
    kind === "alias"
      ? sql`SELECT v.name AS version FROM model m JOIN model_alias a USING (model_id)
          JOIN model_version v USING (model_id, version_id)
          WHERE m.name = ${model}::text AND a.alias = ${name}::text AND v.name <> ${version}::text`
      : sql`SELECT v.name AS version FROM model m JOIN model_version v USING (model_id)
          WHERE m.name = ${model}::text AND v.stage = ${name}::text AND v.name <> ${version}::text
          ORDER BY (SELECT max(c.change_id) FROM model_change c WHERE c.model_id = m.model_id AND c.kind = 'stage'
            AND c.subject = v.name AND c."to" = ${name}::text) DESC NULLS LAST, v.version_id DESC LIMIT 1`,
  );
  return found?.version ?? null;
}
