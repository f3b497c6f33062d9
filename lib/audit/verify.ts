import { createHash } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { type ChainLink, selectChain, selectHead } from "./chain-store";
import type { AuditVerdict } from "./schema";

/** Where the chain is at its end: kept elsewhere, it shows whether what was there then is still there. */
export type ChainHead = AuditVerdict["head"];
type BrokenChain = NonNullable<AuditVerdict["broken"]>;

const EVENTS_A_PAGE = 1_000;

/**
 * Walks the audit log from its first event and computes each hash anew, in this process and not in the database.
 *
 * @param anchor a head of an earlier verdict that was kept outside the database. Without one, somebody who owns the
 * database and computes the whole chain anew, head included, is not noticed.
 * @returns the first event that was edited, deleted, put elsewhere or replaced; null when every hash is right. Cost: one
 * reading of the table, pages of 1,000 events in memory.
 */
export async function verifyAudit(db: Database, anchor?: ChainHead): Promise<AuditVerdict> {
  // Read first: what is added meanwhile only continues it.
  const began = await selectHead(db);
  const kept = [began, anchor ?? null].filter((head) => head !== null);
  let former: ChainHead = { id: 0, hash: null };
  for (;;) {
    const page = await selectChain(db, { after: former.id, limit: EVENTS_A_PAGE });
    for (const link of page) {
      const broken = await judge(db, { link, former, kept });
      if (broken) return { events: former.id, head: former, broken };
      former = { id: link.id, hash: link.hash };
    }
    if (page.length < EVENTS_A_PAGE) break;
  }
  const ended = await selectHead(db);
  return { events: former.id, head: former, broken: judgeEnd({ last: former, ended, kept }) };
}

type Place = { link: ChainLink; former: ChainHead; kept: readonly ChainHead[] };

async function judge(db: Database, { link, former, kept }: Place): Promise<BrokenChain | null> {
  if (link.id !== former.id + 1) {
    return broken(former.id + 1, "deleted", `is missing: after ${former.id} comes ${link.id}`);
  }
  const sound = hashOf(link) === link.hash;
  if (link.formerHash !== former.hash) return judgeOrder(db, link, former, sound);
  if (!sound) return broken(link.id, "edited", "was edited: what it says now does not have its hash");
  if (kept.some((head) => head.id === link.id && head.hash !== link.hash)) {
    return broken(link.id, "replaced", "does not have the hash that was kept of it: it was written anew");
  }
  return null;
}

/** An event says which one it followed: that one is elsewhere now, or nowhere. */
async function judgeOrder(
  db: Database,
  link: ChainLink,
  former: ChainHead,
  sound: boolean,
): Promise<BrokenChain> {
  if (link.formerHash === null) {
    return broken(link.id, "reordered", "is not where it was written: it was the first");
  }
  const [elsewhere] = await selectChain(db, { hash: link.formerHash, limit: 1 });
  if (elsewhere) {
    return broken(
      link.id,
      "reordered",
      `is not where it was written: it followed what is now ${elsewhere.id}`,
    );
  }
  if (sound && former.id > 0) {
    return broken(former.id, "replaced", `was replaced: event ${link.id} followed one with another hash`);
  }
  return broken(link.id, "deleted", "was deleted: what has its number now followed one that is gone");
}

function judgeEnd({
  last,
  ended,
  kept,
}: {
  last: ChainHead;
  ended: ChainHead | null;
  kept: readonly ChainHead[];
}): BrokenChain | null {
  const written = Math.max(0, ...kept.map(({ id }) => id));
  if (written > last.id) {
    return broken(
      last.id + 1,
      "deleted",
      `is missing: the log ends at ${last.id}, and ${written} were written`,
    );
  }
  if (ended === null) return broken(last.id, "replaced", "has no head to it: the row of audit_head is gone");
  if (ended.id < last.id) {
    return broken(ended.id + 1, "replaced", "was not written by the log: its head does not know it");
  }
  return null;
}

const broken = (id: number, reason: BrokenChain["reason"], what: string): BrokenChain => ({
  id,
  reason,
  message: `event ${id} ${what}`,
});

function hashOf({ formerHash, content }: ChainLink): string {
  return createHash("sha256")
    .update(Buffer.from(formerHash ?? "", "hex"))
    .update(content, "utf8")
    .digest("hex");
}
