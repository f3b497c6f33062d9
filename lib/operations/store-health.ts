import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, type Store } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";

/** A probe that waits longer than its prober is no use. */
const PATIENCE_MS = 2_000;

/** GET /health */
export const Health = z.object({
  status: z.literal("healthy"),
  store: z.object({
    kind: z.enum(["embedded", "postgres"]),
    latency_ms: z.number(),
    /** Migrations that the store has seen. */
    migrations: z.number().int(),
  }),
});
export type Health = z.infer<typeof Health>;

/** Asks the store. @throws TidemarkError `store_unavailable` when it does not answer in time. */
export async function checkHealth(store: Store, patienceMs = PATIENCE_MS): Promise<Health> {
  const start = performance.now();
  const found = await within(
    patienceMs,
    rows<{ n: number }>(store.db, sql`SELECT count(*)::int AS n FROM drizzle.__drizzle_migrations`),
  );
  const latency = Math.round((performance.now() - start) * 100) / 100;
  return { status: "healthy", store: { kind: store.kind, latency_ms: latency, migrations: found[0]!.n } };
}

async function within<Value>(patienceMs: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new TidemarkError(
            "store_unavailable",
            `the store did not answer within ${patienceMs / 1000} seconds`,
            {
              retryAfterSeconds: 5,
            },
          ),
        ),
      patienceMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
