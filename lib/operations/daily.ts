import { Cron } from "croner";
import { keeperOf } from "@/lib/artifacts/runtime";
import { removeUnused } from "@/lib/evaluations/remove-unused";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { forgetEnded } from "@/lib/people/session-store";
import type { Runtime } from "@/lib/server/runtime";
import { compactBucket, findScattered } from "@/lib/summaries/compact";
import { forgetDeliveries } from "@/lib/webhooks/store";
import { ensureComingPartitions } from "./partitions";
import { applyRetention } from "./retention";

/** At a quiet hour, UTC; what a stopped server missed is done the night after. */
const EVERY_NIGHT = "17 3 * * *";

/** What a writer that went away has left: more is found the night after. */
const SCATTERED = { most: 1, limit: 20_000 };

/** What webhooks were told can be looked up for so long. */
const DELIVERIES_DAYS = 30;

/** What a running server does once a day. */
export function startDailyWork(runtime: Runtime): void {
  runtime.shared.get(
    "daily",
    () =>
      new Cron(
        EVERY_NIGHT,
        {
          timezone: "UTC",
          protect: true,
          unref: true,
          catch: (error) =>
            log.error({ error: forLog(error) }, "the daily work failed; it is tried again tomorrow"),
        },
        () => workDaily(runtime, new Date()),
      ),
    (job) => job.stop(),
  );
}

async function workDaily(runtime: Runtime, now: Date): Promise<void> {
  const {
    db,
    settings: { retentionDays },
  } = runtime;
  await ensureComingPartitions(db, now);
  for (const bucket of await findScattered(db, SCATTERED)) await compactBucket(db, bucket);
  await forgetDeliveries(db, DELIVERIES_DAYS);
  await forgetEnded(db);
  await removeUnused({ db, keeper: keeperOf(runtime) }, { now });
  if (retentionDays !== undefined) log.info(await applyRetention(db, { retentionDays, now }), "retention");
}
