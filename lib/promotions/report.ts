import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { promotionHref } from "./address";
import { type Promotion, type PromotionList, PromotionState, type PromotionSummary } from "./schema";
import {
  countOpen,
  type PromotionRow,
  type SummaryRow,
  selectEvents,
  selectPromotion,
  selectPromotions,
} from "./store";
import type { Who } from "./who";

export const PromotionQuery = z.object({
  model: z.string().max(200).optional(),
  state: PromotionState.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, "expected the next_cursor of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PromotionQuery = z.output<typeof PromotionQuery>;

/** The open requests first, the oldest of them on top; then the others, the latest decided first. */
export async function listPromotions(
  db: Database,
  { model, state, cursor, limit }: PromotionQuery,
): Promise<PromotionList> {
  const offset = Number(cursor ?? 0);
  const [found, open] = await Promise.all([
    selectPromotions(db, { model: model ?? null, state: state ?? null, offset, limit: limit + 1 }),
    countOpen(db),
  ]);
  return {
    promotions: found.slice(0, limit).map(toSummary),
    open,
    next_cursor: found.length > limit ? String(offset + limit) : null,
  };
}

/** A request with all that was frozen into it. @throws TidemarkError `not_found` */
export async function describePromotion(db: Database, id: string, who: Who): Promise<Promotion> {
  const row = await getPromotion(db, id);
  return {
    ...toSummary(row),
    archive_existing_versions: row.archive,
    snapshot: row.snapshot,
    snapshot_sha256: row.snapshot_sha256,
    events: await selectEvents(db, row.promotion_id),
    may: mayDo(row, who),
  };
}

/** @throws TidemarkError `not_found` */
export async function getPromotion(db: Database, id: string): Promise<PromotionRow> {
  const found = z.uuid().safeParse(id).success ? await selectPromotion(db, id) : null;
  if (found) return found;
  throw new TidemarkError(
    "not_found",
    `there is no promotion ${id.slice(0, 100)}: GET /api/v1/promotions lists them`,
  );
}

function mayDo(row: PromotionRow, { person, isPerson, isAdminOf }: Who): Promotion["may"] {
  const open = row.state === "open";
  const own = row.asked_person === person;
  const whyNot = !open
    ? `it is ${row.state}`
    : own
      ? "you asked for it yourself: somebody else has to approve"
      : !isPerson
        ? "a person has to approve, on the page or with a key of their own"
        : row.approvers.includes(person)
          ? "you have approved it already"
          : !row.passed
            ? "a gate has failed"
            : null;
  return {
    approve: whyNot === null,
    refuse: open && isPerson,
    withdraw: open && (own || isAdminOf(row.model)),
    comment: true,
    why_not: whyNot,
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const toSummary = (row: SummaryRow): PromotionSummary => ({
  promotion_id: row.promotion_id,
  model: row.model,
  version: row.version,
  target: { kind: row.kind, name: row.target } as PromotionSummary["target"],
  state: row.state,
  state_why: row.state_why,
  reason: row.reason,
  asked_by: row.asked_by,
  asked_at: iso(row.asked_ms)!,
  decided_by: row.decided_by,
  decided_at: iso(row.decided_ms),
  passed: row.passed,
  failed: row.failed,
  gates: row.gates,
  approvals: { given: row.given, needed: row.approvals },
  champion: row.champion,
  url: promotionHref(row.promotion_id),
});
