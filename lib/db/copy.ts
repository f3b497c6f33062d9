import type { Writable } from "node:stream";
import type { PGlite } from "@electric-sql/pglite";
import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import type { Database } from "./client";

/** Rows on their way into a table, and what is to happen with them. */
export type Copy = {
  /** Runs first; what it raises keeps the rows out. */
  before: SQL;
  /** Table and columns, `t (a, b)`. */
  into: SQL;
  /** As lib/db/copy-format.ts writes them. */
  data: Buffer;
  /** Runs last. */
  after: SQL;
};

const dialect = new PgDialect();

/**
 * Stores rows by COPY in its binary format, between two statements, all or nothing.
 * The three travel as one message, which the store runs as one transaction: a client that goes away in the middle
 * leaves nothing behind. They carry their parameters as literals, since such a message has none.
 * @throws the driver's error; 23505 when a row is there already
 */
export async function copyRows(db: Database, { before, into, data, after }: Copy): Promise<void> {
  const client = (db as unknown as { $client: PGlite | postgres.Sql }).$client;
  const embedded = "exec" in client;
  const source = embedded ? sql`'/dev/blob'` : sql`STDIN`;
  const statement = sql`${before}; COPY ${into} FROM ${source} (FORMAT binary); ${after}`;
  const text = dialect.sqlToQuery(statement.inlineParams()).sql;
  if (embedded) await client.exec(text, { blob: new Blob([data as BlobPart]) });
  else await copyToServer(client, text, data);
}

/** What the driver calls back on a query: `resolve` with the stream when it may be fed, and again when all is done. */
type Hooks = {
  resolve(result: unknown): void;
  reject(error: unknown): void;
  execute(): void;
};

/**
 * The driver's own way to copy, `writable()`, resolves when the stream may be fed and then tells nothing more: a row
 * that is refused at the end would be waited for for ever. So its callbacks are taken over.
 */
function copyToServer(client: postgres.Sql, text: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = client.unsafe(text).simple() as unknown as Hooks;
    query.resolve = (result) => {
      if (!isStream(result)) return resolve();
      // The query is rejected as well, and says more.
      result.on("error", () => {});
      // A stream that is done is destroyed, and the driver's then sends CopyFail: to the next COPY of the connection.
      result._destroy = (error, done) => done(error);
      result.end(data);
    };
    query.reject = reject;
    query.execute();
  });
}

function isStream(result: unknown): result is Writable {
  return typeof (result as { end?: unknown } | null)?.end === "function";
}
