import { keeperOf } from "@/lib/artifacts/runtime";
import { rebuilderOf } from "@/lib/baselines/runtime";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { startDailyWork } from "@/lib/operations/daily";
import { ensureComingPartitions } from "@/lib/operations/partitions";
import { startStatistics } from "@/lib/operations/statistics";
import { delivererOf } from "@/lib/webhooks/runtime";
import { guardProcess } from "./guard";
import { getRuntime, type Runtime } from "./runtime";

/** A bucket that cannot be read is said at the start, and not first to whoever logs a file. It may be back by then. */
function tryBucket(runtime: Runtime): void {
  if (runtime.settings.artifactsIn === null) return;
  keeperOf(runtime)
    .list("nothing")
    .catch((error: unknown) => log.error({ error: forLog(error) }, "artifacts can be neither kept nor read"));
}

/** Opens the store before the first request. One that cannot be opened ends the process, in one line. */
export async function startServer(): Promise<void> {
  guardProcess();
  try {
    const runtime = await getRuntime();
    await ensureComingPartitions(runtime.db, new Date());
    startDailyWork(runtime);
    tryBucket(runtime);
    delivererOf(runtime).start();
    startStatistics(runtime);
    await rebuilderOf(runtime).resume();
    await repeaterOf(runtime).resume();
  } catch (error) {
    console.error(`Tidemark cannot start: ${(error as Error).message}`);
    process.exit(1);
  }
}
