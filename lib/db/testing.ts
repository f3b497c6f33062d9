import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import postgres from "postgres";
import { afterAll, describe, inject } from "vitest";
import { type Database, openStore, type Store } from "./client";
import { databaseOn } from "./testing-setup";

export type TestStore = Store & {
  /** Of a real Postgres: what another process would set as DATABASE_URL. */
  url: string | null;
};

/**
 * Runs a group of tests on the embedded store and on a real Postgres.
 * `fresh` gives a migrated, empty store; it is closed, and its database dropped, when the group ends.
 *
 * @example
 * onEachStore("labels", (fresh) => {
 *   test("a label is kept", async () => {
 *     const { db } = await fresh();
 *   });
 * });
 */
export function onEachStore(
  name: string,
  tests: (fresh: () => Promise<TestStore>, kind: Store["kind"]) => void,
): void {
  const server = inject("postgres");
  describe(`${name}, embedded`, () => tests(closing(openEmbeddedCopy), "embedded"));
  // In words rather than in silence: the report lists the group as skipped.
  (server ? describe : describe.skip)(`${name}, on PostgreSQL`, () =>
    tests(closing(openPostgresCopy), "postgres"),
  );
}

function closing(open: () => Promise<TestStore>): () => Promise<TestStore> {
  const opened: TestStore[] = [];
  afterAll(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  return async () => {
    const store = await open();
    opened.push(store);
    return store;
  };
}

let template: Blob | null = null;

export async function openEmbeddedCopy(): Promise<TestStore> {
  template ??= new Blob([readFileSync(inject("embeddedTemplate"))]);
  const client = await PGlite.create({ loadDataDir: template });
  return {
    db: drizzle(client) as unknown as Database,
    kind: "embedded",
    description: "memory",
    url: null,
    close: async () => {
      if (!client.closed) await client.close();
    },
  };
}

export async function openPostgresCopy(): Promise<TestStore> {
  const server = inject("postgres");
  if (!server) throw new Error("there is no PostgreSQL to test on");
  const database = `tidemark_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const statement = async (text: string) => {
    const client = postgres(server.url, { max: 1, onnotice: () => {} });
    await client.unsafe(text).finally(() => client.end());
  };
  await statement(`CREATE DATABASE ${database} TEMPLATE ${server.template}`);
  const url = databaseOn(server.url, database);
  const store = await openStore({ databaseUrl: url, dataDir: "", poolSize: 4 });
  return {
    ...store,
    url,
    close: async () => {
      await store.close();
      await statement(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
  };
}
