import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { TidemarkError } from "@/lib/errors";
import { type Database, rows } from "./client";

/** Any number will do, as long as every Tidemark uses the same: two that start at once must not migrate at once. */
const MIGRATION_LOCK = 7_165_101;

type Target = { kind: "embedded"; db: Database } | { kind: "postgres"; db: Database; client: postgres.Sql };

/** Applies the numbered migrations that the store has not seen. Refuses a store written by a newer program. */
export async function migrateStore(target: Target): Promise<void> {
  const migrationsFolder = path.join(process.cwd(), "drizzle");
  const journal = JSON.parse(await readFile(path.join(migrationsFolder, "meta/_journal.json"), "utf8"));
  if (target.kind === "embedded") {
    await refuseNewer(target.db, journal.entries.length);
    await migratePglite(target.db as never, { migrationsFolder });
    return;
  }
  const connection = await target.client.reserve();
  try {
    await connection`SELECT pg_advisory_lock(${MIGRATION_LOCK})`;
    await refuseNewer(target.db, journal.entries.length);
    await migratePostgres(target.db as never, { migrationsFolder });
  } finally {
    await connection`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`.catch(() => {});
    connection.release();
  }
}

async function refuseNewer(db: Database, known: number): Promise<void> {
  const [found] = await rows<{ here: boolean }>(
    db,
    sql`SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS here`,
  );
  if (!found!.here) return;
  const [applied] = await rows<{ n: number }>(
    db,
    sql`SELECT count(*)::int AS n FROM drizzle.__drizzle_migrations`,
  );
  if (applied!.n > known) {
    throw new TidemarkError(
      "store_unavailable",
      `the store has ${applied!.n} migrations and this program knows ${known}: start the newer Tidemark that wrote it, or restore a backup from before`,
    );
  }
}
