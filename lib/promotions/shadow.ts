import type { Database } from "@/lib/db/client";
import { findVersion } from "@/lib/models/store";
import type { VersionAt } from "@/lib/registry/versions";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import { resolveWindow } from "@/lib/summaries/default-window";
import { showSpan } from "@/lib/summaries/window";
import type { Shadow } from "./schema";
import { readNewest, readShared } from "./shadow-store";

/** As far back as the review looks at traffic. */
const DAYS = 28;
/** So many tell a share of 1 % to a tenth of a percent, in a second. */
const MOST = 50_000;

/**
 * How far champion and challenger disagree where both predicted the same ids, in the newest four weeks of the challenger
 * (its newest 50,000 predictions): for classes the share of other labels, for numbers the mean absolute difference.
 * @returns null where the challenger has logged nothing
 */
export async function reportShadow(
  db: Database,
  { model, version, champion }: VersionAt & { champion: string },
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<Shadow | null> {
  const [asked, held] = await Promise.all([
    findVersion(db, model, version),
    findVersion(db, model, champion),
  ]);
  if (!asked || !held) return null;
  const span = await resolveWindow(db, asked, {}, { days: DAYS, nowMs });
  const newest = await readNewest(db, asked, span, MOST);
  if (!newest) return null;
  const { modelId } = asked;
  const versions = { modelId, champion: held.versionId, challenger: asked.versionId };
  const { n, differ, mean_difference } = await readShared(db, versions, newest, MOST);
  const classes = asked.task === "classification";
  const interval = classes ? wilsonInterval({ hits: differ, n }) : null;
  return {
    window: showSpan(newest.n < MOST ? span : { fromMs: newest.fromMs, toMs: newest.toMs }),
    n,
    challenger_n: newest.n,
    share_differing: classes && n > 0 ? differ / n : null,
    interval: interval && [interval.lower, interval.upper],
    mean_difference: classes ? null : mean_difference,
  };
}
