import { rebuilderOf } from "@/lib/baselines/runtime";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { startDailyWork } from "@/lib/operations/daily";
import { ensureComingPartitions } from "@/lib/operations/partitions";
import { startStatistics } from "@/lib/operations/statistics";
import { delivererOf } from "@/lib/webhooks/runtime";
import { guardProcess } from "./guard";
import { getRuntime } from "./runtime";

/** Opens the store before the first request. One that cannot be opened ends the process, in one line. */
export async function startServer(): Promise<void> {
  guardProcess();
  try {
    const runtime = await getRuntime();
    await ensureComingPartitions(runtime.db, new Date());
    startDailyWork(runtime);
    delivererOf(runtime).start();
    startStatistics(runtime);
    await rebuilderOf(runtime).resume();
    await repeaterOf(runtime).resume();
  } catch (error) {
    console.error(`Tidemark cannot start: ${(error as Error).message}`);
    process.exit(1);
  }
}
