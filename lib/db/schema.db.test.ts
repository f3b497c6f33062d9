import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "./client";
import { onEachStore } from "./testing";

/** Small tables that all share; on a cluster they would be copied to each machine. */
const REFERENCE_TABLES = [
  "api_key",
  "audit_event",
  "audit_head",
  "model",
  "experiment",
  "webhook",
  "person",
  "person_session",
  "person_account",
  "person_verification",
  "person_link",
  "sign_in_try",
  "webhook",
];

/** By what the rows of a table lie together: each belongs to a model unless it is listed here. */
const OWNERS: Record<string, string> = {
  experiment_tag: "experiment_id",
  saved_view: "experiment_id",
  dataset: "experiment_id",
  run: "run_id",
  run_param: "run_id",
  run_tag: "run_id",
  run_metric: "run_id",
  metric_point: "run_id",
  run_input: "run_id",
  run_model: "run_id",
  logged_model: "logged_model_id",
  logged_model_param: "logged_model_id",
  logged_model_tag: "logged_model_id",
  logged_model_metric: "logged_model_id",
  webhook_delivery: "webhook_id",
};
const ownerOf = (table: string) => OWNERS[table] ?? "model_id";

onEachStore("the tables", (fresh) => {
  test("of a model's or a run's data have their owner first in the primary key and in every unique key", async () => {
    const { db } = await fresh();
    const keys = await rows<{ table: string; index: string; first: string; primary: boolean }>(
      db,
      sql`SELECT t.relname AS table, i.relname AS index, a.attname AS first, x.indisprimary AS primary
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
        WHERE x.indisunique AND NOT t.relispartition`,
    );
    const tables = await rows<{ name: string }>(
      db,
      sql`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
    );
    const own = tables.map(({ name }) => name).filter((name) => !REFERENCE_TABLES.includes(name));
    expect(own.length).toBeGreaterThan(20);
    expect(Object.keys(OWNERS).filter((name) => !own.includes(name))).toEqual([]);
    for (const table of own) {
      expect(
        keys.filter((key) => key.table === table && key.primary),
        `${table} has a primary key`,
      ).toHaveLength(1);
    }
    const wrong = keys.filter((key) => own.includes(key.table) && key.first !== ownerOf(key.table));
    expect(wrong).toEqual([]);
  });

  test("refer only within their owner's data, or to a reference table", async () => {
    const { db } = await fresh();
    const references = await rows<{ from: string; to: string; first: string }>(
      db,
      sql`SELECT c.conrelid::regclass::text AS from, c.confrelid::regclass::text AS to, a.attname AS first
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f'`,
    );
    const strays = references.filter(
      (key) =>
        !REFERENCE_TABLES.includes(key.to) &&
        (key.first !== ownerOf(key.from) || ownerOf(key.from) !== ownerOf(key.to)),
    );
    expect(strays).toEqual([]);
  });
});
