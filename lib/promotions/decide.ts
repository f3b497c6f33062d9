import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { actorWords } from "@/lib/registry/change-words";
import { promotionHref } from "./address";
import { digestFiles } from "./files-digest";
import type { From } from "./gather";
import { describePromotion, getPromotion } from "./report";
import type { Promotion, PromotionEvent } from "./schema";
import { type PromotionRow, writeDecision, writeLapse } from "./store";
import type { Who } from "./who";

export type Deed = Exclude<PromotionEvent["kind"], "lapse">;

/**
 * Approves, refuses, withdraws or comments. The last approval that is needed moves the stage or alias in the same
 * statement; a second approval by the same person changes nothing.
 * @throws TidemarkError `conflict` where the request is closed or lapses now; `forbidden` where who asked approves, a
 * gate has failed, or another withdraws; `not_found`
 */
export async function decidePromotion(
  from: From,
  id: string,
  { deed, words }: { deed: Deed; words: string },
  who: Who,
): Promise<Promotion> {
  const { db } = from;
  const row = await getPromotion(db, id);
  if (deed === "approve") await lapseWhereFilesChanged(from, row);
  try {
    const state = await writeDecision(
      db,
      row.promotion_id,
      { deed, words, any: who.isAdminOf(row.model) },
      who,
    );
    if (state === "lapsed" && deed !== "comment") throw await closed(from, id);
  } catch (error) {
    switch (sqlState(error)) {
      case "TM043":
        throw await closed(from, id, error);
      case "TM044":
        throw new TidemarkError(
          "forbidden",
          `${actorWords(who.actor)} asked for this promotion: somebody else has to approve it`,
          { cause: error },
        );
      case "TM045": {
        const failed = row.snapshot.gates.filter(({ passed }) => !passed).map(({ name }) => name);
        throw new TidemarkError(
          "forbidden",
          `this promotion cannot be approved: ${failed.join(", ")} failed. Refuse it, or have it asked for anew when the gates pass; an administrator may override the protection with a reason`,
          { cause: error },
        );
      }
      case "TM046":
        throw new TidemarkError(
          "forbidden",
          `only ${actorWords(row.asked_by)}, who asked for it, or an administrator may withdraw this promotion: refuse it instead`,
          { cause: error },
        );
      default:
        throw error;
    }
  }
  return describePromotion(db, id, who);
}

/** Files lie outside the store: nothing there tells when they change. */
async function lapseWhereFilesChanged(from: From, row: PromotionRow): Promise<void> {
  if (row.state !== "open") return;
  const found = await digestFiles(from, row).catch((error: unknown) => {
    if (error instanceof TidemarkError && error.code === "not_found") return row.snapshot.files_sha256;
    throw error;
  });
  if (found !== row.snapshot.files_sha256)
    await writeLapse(from.db, row.promotion_id, `the files of version ${row.version} were changed`);
}

async function closed({ db }: From, id: string, cause?: unknown): Promise<TidemarkError> {
  const { state, state_why, decided_by } = await getPromotion(db, id);
  const by = decided_by ? ` by ${actorWords(decided_by)}` : "";
  const remedy = state === "lapsed" ? "Nothing was changed: ask anew" : "Nothing was changed";
  return new TidemarkError(
    "conflict",
    `this promotion is ${state}${by}${state_why ? `: ${state_why}` : ""}. ${remedy}`,
    { details: [{ promotion_id: id, url: promotionHref(id), state }], cause },
  );
}
