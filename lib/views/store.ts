import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { NewView, SavedView, ViewChange } from "./schema";

type ViewRow = Omit<SavedView, "created_at" | "updated_at"> & { created_ms: number; updated_ms: number };

/** Those of an experiment, by page and name; one of them where `view` is not null. */
export async function selectViews(
  db: Database,
  experiment: number,
  view: string | null = null,
): Promise<SavedView[]> {
  const found = await rows<ViewRow>(
    db,
    sql`SELECT view_id::text AS view_id, page, name, query, is_default, created_by,
        floor(extract(epoch FROM created_at) * 1000)::float8 AS created_ms,
        floor(extract(epoch FROM updated_at) * 1000)::float8 AS updated_ms
      FROM saved_view WHERE experiment_id = ${experiment}::int
        AND (${view}::text IS NULL OR view_id = (${view}::text)::uuid)
      ORDER BY page, name`,
  );
  return found.map(({ created_ms, updated_ms, ...view }) => ({
    ...view,
    created_at: new Date(created_ms).toISOString(),
    updated_at: new Date(updated_ms).toISOString(),
  }));
}

/**
 * Makes a view, or changes one; with its line in the audit log. The id of it, null where there is none to change.
 * @throws TM010 without the experiment, 23505 where the name is taken, 23514 for a default that is not of the runs
 */
export async function writeView(
  db: Database,
  at: { experiment: number; view: string | null },
  change: NewView | ViewChange,
  actor: string,
): Promise<string | null> {
  const [saved] = await rows<{ view_id: string | null }>(
    db,
    sql`SELECT save_view(${at.experiment}::int, (${at.view}::text)::uuid, ${JSON.stringify(change)}::text::jsonb,
      ${actor}::text)::text AS view_id`,
  );
  return saved!.view_id;
}

/** Whether there was one to delete. */
export async function deleteViewRow(
  db: Database,
  at: { experiment: number; view: string },
  actor: string,
): Promise<boolean> {
  const found = await rows(
    db,
    sql`WITH gone AS (
        DELETE FROM saved_view WHERE experiment_id = ${at.experiment}::int AND view_id = (${at.view}::text)::uuid
        RETURNING *
      )
      SELECT view_id, write_audit(${actor}::text, 'view.delete', 'view:' || experiment_id || '/' || view_id,
        jsonb_build_object('page', page, 'name', name, 'query', query), NULL) FROM gone`,
  );
  return found.length > 0;
}
