import { rebuilderOf } from "@/lib/baselines/runtime";
import { startDailyWork } from "@/lib/operations/daily";
import { ensureComingPartitions } from "@/lib/operations/partitions";
import { startStatistics } from "@/lib/operations/statistics";
import { guardProcess } from "./guard";
import { getRuntime } from "./runtime";

/** Opens the store before the first request. One that cannot be opened ends the process, in one line. */
export async function startServer(): Promise<void> {
  guardProcess();
  try {
    const runtime = await getRuntime();
    await ensureComingPartitions(runtime.db, new Date());
    startDailyWork(runtime);
    startStatistics(runtime);
    await rebuilderOf(runtime).resume();
  } catch (error) {
    console.error(`Tidemark cannot start: ${(error as Error).message}`);
    process.exit(1);
  }
}
