import { mkdir } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { TidemarkError } from "@/lib/errors";
import type { Settings } from "@/lib/settings";
import { lockDirectory } from "./lock";
import { migrateStore } from "./migrate";

/** What every store function takes. The same SQL runs on the embedded and on a real Postgres. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type Store = {
  db: Database;
  kind: "embedded" | "postgres";
  /** One line for people: where the data is. */
  description: string;
  close(): Promise<void>;
};

/**
 * Opens the store that the settings name and brings its tables up to date.
 * @throws TidemarkError `store_unavailable` that says what to do: an unreachable server, a data directory that is
 * damaged or held by another process, a server older than 15, a database newer than this program.
 */
export async function openStore(
  settings: Pick<Settings, "databaseUrl" | "dataDir" | "poolSize">,
): Promise<Store> {
  return settings.databaseUrl
    ? openPostgres(settings.databaseUrl, settings.poolSize)
    : openEmbedded(path.join(settings.dataDir, "store"));
}

async function openPostgres(url: string, poolSize: number): Promise<Store> {
  const where = describeUrl(url);
  try {
    await migratePostgres(url, where);
  } catch (error) {
    if (error instanceof TidemarkError) throw error;
    throw new TidemarkError(
      "store_unavailable",
      `cannot use the database ${where}: ${(error as Error).message || (error as { code?: string }).code}. Check DATABASE_URL and that PostgreSQL is running`,
      { cause: error },
    );
  }
  const options = {
    ...connectionOptions(poolSize),
    // One statement a connection: a second behind it would wait for it, and break into a COPY.
    max_pipeline: 0,
  };
  const client = postgres(url, options);
  const db = drizzlePostgres(client) as unknown as Database;
  return { db, kind: "postgres", description: where, close: () => client.end({ timeout: 5 }) };
}

/** On connections of its own: the migrator holds transactions open, which the store's connections cannot do. */
async function migratePostgres(url: string, where: string): Promise<void> {
  const client = postgres(url, connectionOptions(2));
  try {
    const [server] = await client`SELECT current_setting('server_version_num')::int AS version`;
    if (server!.version < 150_000) {
      throw new TidemarkError(
        "store_unavailable",
        `${where} runs PostgreSQL ${server!.version}: 15 or newer is needed`,
      );
    }
    await migrateStore({ kind: "postgres", db: drizzlePostgres(client) as unknown as Database, client });
  } finally {
    await client.end({ timeout: 1 }).catch(() => {});
  }
}

function connectionOptions(max: number) {
  return {
    max,
    connect_timeout: 10,
    // Seconds until the next attempt. The driver's own wait grows to 20: a server that is back must not be waited for.
    backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 1),
    // Where values travel as literals, they are escaped on the understanding that a backslash means itself.
    connection: { application_name: "tidemark", standard_conforming_strings: "on" },
    socket: connectWithoutDelay(),
    onnotice: () => {},
  };
}

/**
 * The driver leaves Nagle's algorithm on: the end of a COPY, a packet of its own, would wait 40 ms for the server to
 * acknowledge the rows. Hosts of a list are tried in turn.
 */
function connectWithoutDelay() {
  let attempts = 0;
  return ({ host, port, path: file }: { host: string[]; port: number[]; path?: string | false }) => {
    if (file) return net.connect(file);
    const attempt = attempts++ % host.length;
    const socket = net.connect({ host: host[attempt]!, port: port[attempt]!, noDelay: true });
    // For TLS, which the driver starts on the socket.
    return Object.assign(socket, { host: host[attempt] });
  };
}

async function openEmbedded(directory: string): Promise<Store> {
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new TidemarkError(
      "store_unavailable",
      `cannot create ${directory}: ${error.message}. Set TIDEMARK_DATA_DIR`,
    );
  });
  const unlock = await lockDirectory(directory);
  try {
    const client = await PGlite.create({ dataDir: directory });
    const db = drizzlePglite(client) as unknown as Database;
    await migrateStore({ kind: "embedded", db });
    return {
      db,
      kind: "embedded",
      description: directory,
      close: async () => {
        await client.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    if (error instanceof TidemarkError) throw error;
    throw new TidemarkError(
      "store_unavailable",
      `the embedded store in ${directory} cannot be opened (${(error as Error).message}). It may be damaged: move the folder away or restore a backup of it; nothing in it has been changed`,
      { cause: error },
    );
  }
}

function describeUrl(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || "localhost"}${port ? `:${port}` : ""}${pathname}`;
}

/**
 * Runs a statement and gives its rows, whichever driver is below.
 * @throws the driver's own error: Drizzle's would carry every parameter, whole batches of them, into the log
 */
export async function rows<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement).catch((error: unknown) => {
    throw error instanceof DrizzleQueryError && error.cause ? error.cause : error;
  })) as unknown;
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
}

/** True when the store answers. */
export async function ping(db: Database): Promise<void> {
  await rows(db, sql`SELECT 1`);
}
