import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { type Database, openStore } from "./client";
import { migrateStore } from "./migrate";
import { createPostgresServer } from "./testing-server";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated embedded store, as a file to load. */
    embeddedTemplate: string;
    /** The server for tests and its migrated template; null where there is none. */
    postgres: { url: string; template: string } | null;
  }
}

/** Before the database tests: migrates one store of each kind, of which each test gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-test-"));
  // One after the other: the embedded store holds the process, and a connection would wait for it beyond its time.
  project.provide("embeddedTemplate", await prepareEmbedded(path.join(folder, "embedded.tar")));
  const server = await preparePostgres();
  project.provide("postgres", server?.provided ?? null);
  if (!server) {
    console.warn(
      "The tests on a real PostgreSQL are SKIPPED: no server programs of version 15 or newer were found. Install PostgreSQL, or set TEST_DATABASE_URL to a server on which databases may be created.",
    );
  }
  return async () => {
    await server?.end();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function prepareEmbedded(file: string): Promise<string> {
  const client = await PGlite.create();
  await migrateStore({ kind: "embedded", db: drizzle(client) as unknown as Database });
  writeFileSync(file, Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer()));
  await client.close();
  return file;
}

async function preparePostgres() {
  const given = process.env.TEST_DATABASE_URL;
  // Tests of crashes make a durable server of their own.
  const server = given ? null : await createPostgresServer({ fsync: "off", full_page_writes: "off" });
  const url = given ?? server?.url;
  if (!url) return null;
  const template = `tidemark_template_${process.pid}`;
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe(`DROP DATABASE IF EXISTS ${template}`);
  await client.unsafe(`CREATE DATABASE ${template}`);
  await client.end();
  const store = await openStore({ databaseUrl: databaseOn(url, template), dataDir: "", poolSize: 2 });
  await store.close();
  return {
    provided: { url, template },
    async end() {
      if (server) return server.dispose();
      const client = postgres(url, { max: 1, onnotice: () => {} });
      await client.unsafe(`DROP DATABASE IF EXISTS ${template}`);
      await client.end();
    },
  };
}

export function databaseOn(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
