import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import { experimentNumber } from "@/lib/runs/experiment-store";
import { checkMaxResults } from "@/lib/runs/limits";
import type { Page } from "@/lib/runs/schema";
import {
  compareNumber,
  compareText,
  refuseAttribute,
  refuseEntity,
  toCondition,
} from "@/lib/search/conditions";
import { missingLast, questionOf, type SortKey } from "@/lib/search/keyset";
import { readPage } from "@/lib/search/page";
import { type Comparison, type Identifier, parseFilter, parseOrdering } from "@/lib/search/parse";
import type { LoggedModel } from "./schema";
import { selectLoggedModels } from "./store";

const TEXTS: Record<string, SQL> = {
  name: sql`l.name`,
  model_id: sql`l.logged_model_id`,
  model_type: sql`coalesce(l.model_type, '')`,
  status: sql`replace(replace(l.status, 'LOGGED_MODEL_UPLOAD_', ''), 'LOGGED_MODEL_', '')`,
  source_run_id: sql`coalesce(l.source_run_id, '')`,
  artifact_location: sql`l.artifact_uri`,
};
const created = sql`l.creation_time`;
const updated = sql`l.last_update_time`;
const NUMBERS: Record<string, SQL> = {
  creation_time: created,
  creation_timestamp: created,
  creation_timestamp_ms: created,
  last_updated_time: updated,
  last_updated_timestamp: updated,
  last_updated_timestamp_ms: updated,
};
const KNOWN = [...Object.keys(TEXTS), ...Object.keys(NUMBERS)];

export type Dataset = { name: string; digest: string | null };
export type LoggedModelOrdering = { field: string; ascending: boolean; dataset: Dataset | null };

export type LoggedModelSearch = {
  experimentIds: readonly string[];
  filter?: string;
  /** Metrics are compared on these alone, where any are named; compared with none, a model has some metric on one. */
  datasets?: readonly Dataset[];
  orderBy?: readonly LoggedModelOrdering[];
  maxResults?: number;
  pageToken?: string | null;
};

/** A page of the logged models of some experiments, the latest made first unless an order is given. */
export async function searchLoggedModels(
  db: Database,
  {
    experimentIds,
    filter = "",
    datasets = [],
    orderBy: orderings = [],
    maxResults = 50,
    pageToken,
  }: LoggedModelSearch,
): Promise<Page<LoggedModel>> {
  checkMaxResults(maxResults, 50);
  const numbers = experimentIds.map(experimentNumber).filter((number) => number !== null);
  const { keys, from } = sortKeys(orderings);
  const question = questionOf("logged models", numbers, filter, datasets, orderings);
  let measured = false;
  const condition = toCondition(parseFilter(filter), (comparison) => {
    measured ||= isMetric(comparison.identifier);
    return compare(comparison, datasets);
  });
  const { rows, next_page_token } = await readPage((page) => selectLoggedModels(db, { from, ...page }), {
    condition: sql`l.experiment_id = ANY (${`{${numbers.join(",")}}`}::text::int[]) AND l.deleted_time IS NULL
      AND ${condition} AND ${measured || datasets.length === 0 ? sql`true` : measuredOn(datasets)}`,
    keys,
    question,
    pageToken,
    maxResults,
  });
  return { rows: rows.map(({ model }) => model), next_page_token };
}

const isAttribute = ({ entity }: Identifier) =>
  entity === null || ["attribute", "attributes", "attr"].includes(entity);

const isMetric = ({ entity }: Identifier) => entity === "metrics" || entity === "metric";

const measuredOn = (datasets: readonly Dataset[]): SQL =>
  sql`EXISTS (SELECT 1 FROM logged_model_metric x WHERE x.logged_model_id = l.logged_model_id AND ${on(datasets)})`;

const on = (datasets: readonly Dataset[]): SQL =>
  datasets.length === 0
    ? sql`true`
    : sql`(${sql.join(
        datasets.map(({ name, digest }) =>
          digest
            ? sql`(x.dataset_name = ${name}::text AND x.dataset_digest = ${digest}::text)`
            : sql`x.dataset_name = ${name}::text`,
        ),
        sql` OR `,
      )})`;

function compare(comparison: Comparison, datasets: readonly Dataset[]): SQL {
  const { identifier } = comparison;
  const { entity, key } = identifier;
  if (isAttribute(identifier)) {
    if (Object.hasOwn(TEXTS, key)) return compareText(TEXTS[key]!, comparison);
    if (Object.hasOwn(NUMBERS, key)) return compareNumber(NUMBERS[key]!, comparison);
    throw refuseAttribute(key, KNOWN);
  }
  const table = {
    metrics: "metric",
    metric: "metric",
    params: "param",
    param: "param",
    tags: "tag",
    tag: "tag",
  }[entity!];
  if (!table) throw refuseEntity(entity!, ["attributes", "metrics", "params", "tags"]);
  const here = sql`SELECT 1 FROM ${sql.raw(`logged_model_${table}`)} x
    WHERE x.logged_model_id = l.logged_model_id AND x.key = ${key}::text`;
  if (comparison.kind === "null") return sql`${sql.raw(comparison.isNull ? "NOT " : "")}EXISTS (${here})`;
  return table === "metric"
    ? sql`EXISTS (${here} AND ${on(datasets)} AND ${compareNumber(sql`x.value`, comparison)})`
    : sql`EXISTS (${here} AND ${compareText(sql`x.value`, comparison)})`;
}

function sortKeys(orderings: readonly LoggedModelOrdering[]): { keys: SortKey[]; from: SQL } {
  const keys: SortKey[] = [];
  const joins: SQL[] = [];
  for (const { field, ascending, dataset } of orderings) {
    const { identifier } = parseOrdering(field);
    const { entity, key } = identifier;
    const direction = ascending ? "asc" : "desc";
    if (isAttribute(identifier)) {
      const column = TEXTS[key] ?? NUMBERS[key];
      if (!column) throw refuseAttribute(key, KNOWN);
      keys.push({ expression: column, type: key in NUMBERS ? "int8" : "text", direction });
      continue;
    }
    if (!isMetric(identifier)) throw refuseEntity(entity!, ["attributes", "metrics"]);
    const value = sql.raw(`o${joins.length}.value`);
    joins.push(sql`LEFT JOIN LATERAL (SELECT x.value FROM logged_model_metric x
      WHERE x.logged_model_id = l.logged_model_id AND x.key = ${key}::text AND ${on(dataset ? [dataset] : [])}
      ORDER BY x."timestamp" DESC, x.step DESC LIMIT 1) AS ${sql.raw(`o${joins.length}`)} ON true`);
    keys.push(...missingLast(value, "float8", direction));
  }
  if (keys.length === 0) keys.push({ expression: created, type: "int8", direction: "desc" });
  keys.push({ expression: sql`l.logged_model_id`, type: "text", direction: "asc" });
  return { keys, from: sql`logged_model l ${sql.join(joins, sql` `)}` };
}
