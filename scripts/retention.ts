import nextEnvironment from "@next/env";
import { openStore } from "@/lib/db/client";
import { applyRetention } from "@/lib/operations/retention";
import { readSettings } from "@/lib/settings";

/** npm run retention: what a running server does every night, now. */
try {
  nextEnvironment.loadEnvConfig(process.cwd());
  const settings = readSettings(process.env);
  const { retentionDays } = settings;
  if (retentionDays === undefined) {
    throw new Error("TIDEMARK_RETENTION_DAYS is not set: raw predictions are kept for ever");
  }
  const store = await openStore({ ...settings, poolSize: 2 });
  try {
    const done = await applyRetention(store.db, { retentionDays, now: new Date() });
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
