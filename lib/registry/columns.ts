import { sql } from "drizzle-orm";

const ms = (column: string) => sql.raw(`floor(extract(epoch FROM ${column}) * 1000)::float8`);

/** Of a version `v` of a model `m`. */
export const VERSION_COLUMNS = sql`m.name AS model, v.name AS version, v.number, v.stage, v.description, v.owner,
  v.source, v.storage_location, v.run_id, v.run_link, v.logged_model_id,
  ${ms("v.created_at")} AS created_ms, ${ms("v.updated_at")} AS updated_ms,
  coalesce((SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key) FROM version_tag t
    WHERE t.model_id = v.model_id AND t.version_id = v.version_id), '[]') AS tags,
  coalesce((SELECT json_agg(a.alias ORDER BY a.alias) FROM model_alias a
    WHERE a.model_id = v.model_id AND a.version_id = v.version_id), '[]') AS aliases`;

/** Of a model `m`; its latest versions are read with them. */
export const MODEL_COLUMNS = sql`m.name AS model, m.description, m.owner,
  ${ms("m.created_at")} AS created_ms, ${ms("m.updated_at")} AS updated_ms,
  coalesce((SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key) FROM model_tag t
    WHERE t.model_id = m.model_id), '[]') AS tags,
  coalesce((SELECT json_agg(json_build_object('alias', a.alias, 'version', v.name) ORDER BY a.alias)
    FROM model_alias a JOIN model_version v USING (model_id, version_id) WHERE a.model_id = m.model_id), '[]') AS aliases,
  coalesce((SELECT json_agg(latest ORDER BY latest.number) FROM (
    SELECT DISTINCT ON (v.stage) ${VERSION_COLUMNS} FROM model_version v
    WHERE v.model_id = m.model_id AND v.number IS NOT NULL ORDER BY v.stage, v.number DESC
  ) AS latest), '[]') AS latest_versions`;
