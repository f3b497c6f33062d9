import nextEnvironment from "@next/env";
import { keeperOf } from "@/lib/artifacts/runtime";
import { openStore } from "@/lib/db/client";
import { removeUnused } from "@/lib/evaluations/remove-unused";
import { applyRetention } from "@/lib/operations/retention";
import { createRuntime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

/** npm run retention: what a running server does every night, now. */
try {
  nextEnvironment.loadEnvConfig(process.cwd());
  const settings = readSettings(process.env);
  const { retentionDays } = settings;
  const store = await openStore({ ...settings, poolSize: 2 });
  const now = new Date();
  try {
    const removed = await removeUnused(
      { db: store.db, keeper: keeperOf(createRuntime(settings, store)) },
      { now },
    );
    console.log(
      `Removed ${removed.files} files of evaluations and held-out sets that nothing names any more (${removed.bytes} bytes).`,
    );
    if (retentionDays === undefined) {
      throw new Error("TIDEMARK_RETENTION_DAYS is not set: raw predictions are kept for ever");
    }
    const done = await applyRetention(store.db, { retentionDays, now });
    console.log(
      `Kept from ${done.cutoff}: dropped ${done.partitions.length} months of raw predictions${done.partitions.length ? ` (${done.partitions.join(", ")})` : ""} and ${done.labels} labels.`,
    );
  } finally {
    await store.close();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
