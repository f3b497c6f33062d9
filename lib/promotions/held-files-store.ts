import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";

/** A version whose files stay as they are, and one reason why. */
export type HeldVersion = {
  model: string;
  version: string;
  location: string;
  /** Of a location "runs:/…": where that run's artifacts are. */
  run_root: string | null;
  kind: "stage" | "alias" | "promotion";
  /** Of the stage or alias; the id of the promotion. */
  name: string;
};

/** Those in a protected stage or with a protected alias, and those that are asked for; of files that lie here alone. */
export async function selectHeldVersions(db: Database): Promise<HeldVersion[]> {
  return rows(
    db,
    sql`WITH target AS (
        SELECT p.model_id, t.target->>'kind' AS kind, t.target->>'name' AS name
        FROM (SELECT DISTINCT ON (model_id) model_id, targets FROM promotion_policy
          ORDER BY model_id, revision DESC) p, jsonb_array_elements(p.targets) AS t (target)
      ), held AS (
        SELECT v.model_id, v.version_id, 1 AS rank, t.kind, t.name
        FROM target t JOIN model_version v ON v.model_id = t.model_id AND v.stage = t.name WHERE t.kind = 'stage'
        UNION ALL
        SELECT a.model_id, a.version_id, 2, t.kind, t.name
        FROM target t JOIN model_alias a ON a.model_id = t.model_id AND a.alias = t.name WHERE t.kind = 'alias'
        UNION ALL
        SELECT v.model_id, v.version_id, 3, 'promotion', q.promotion_id::text
        FROM promotion q JOIN model_version v ON v.model_id = q.model_id AND v.name = q.version
        WHERE q.state = 'open' AND (q.expires_at IS NULL OR q.expires_at > now())
      )
      SELECT DISTINCT ON (h.model_id, h.version_id) m.name AS model, v.name AS version,
        v.storage_location AS location, r.artifact_uri AS run_root, h.kind, h.name
      FROM held h JOIN model m USING (model_id) JOIN model_version v USING (model_id, version_id)
        LEFT JOIN run r ON r.run_id = substring(v.storage_location FROM '^runs:/+([^/]+)')
      WHERE v.storage_location ~ '^(mlflow-artifacts|runs):'
      ORDER BY h.model_id, h.version_id, h.rank`,
  );
}

/** Whether a whole experiment keeps its artifacts at a folder or below it. */
export async function holdsExperiment(db: Database, folder: string): Promise<boolean> {
  const found = await rows(
    db,
    sql`SELECT 1 AS found FROM experiment WHERE artifact_location LIKE 'mlflow-artifacts:%' AND (${folder}::text = ''
        OR starts_with(regexp_replace(artifact_location, '^mlflow-artifacts:(//[^/]*)?/*', '') || '/', ${folder}::text || '/'))
      LIMIT 1`,
  );
  return found.length > 0;
}
