import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import {
  compareNumber,
  compareText,
  refuseAttribute,
  refuseEntity,
  toCondition,
} from "@/lib/search/conditions";
import { missingLast, questionOf, type SortKey } from "@/lib/search/keyset";
import { readPage } from "@/lib/search/page";
import {
  type Comparison,
  type Filter,
  type Identifier,
  parseFilter,
  parseOrdering,
} from "@/lib/search/parse";
import { experimentNumber } from "./experiment-store";
import { checkMaxResults, invalid, LIMITS } from "./limits";
import { attach, selectRuns } from "./run-store";
import type { Page, Run, RunInfo, ViewType } from "./schema";
import { inView } from "./view";

const TEXTS = ["run_id", "run_name", "user_id", "status", "artifact_uri", "lifecycle_stage"];
const NUMBERS = ["start_time", "end_time"];
const ALIASES: Record<string, string> = {
  created: "start_time",
  Created: "start_time",
  "run name": "run_name",
  "Run name": "run_name",
  "Run Name": "run_name",
  run_uuid: "run_id",
  user: "user_id",
};

const ENTITIES: Record<string, "metric" | "param" | "tag" | "attribute" | "dataset"> = {
  metric: "metric",
  metrics: "metric",
  param: "param",
  params: "param",
  parameter: "param",
  parameters: "param",
  tag: "tag",
  tags: "tag",
  attribute: "attribute",
  attributes: "attribute",
  attr: "attribute",
  run: "attribute",
  dataset: "dataset",
  datasets: "dataset",
};

const TABLES = { metric: sql`run_metric`, param: sql`run_param`, tag: sql`run_tag` };

export type RunSearch = {
  experimentIds: readonly string[];
  filter?: string;
  view?: ViewType;
  orderBy?: readonly string[];
  maxResults?: number;
  pageToken?: string | null;
  /** Let the filter use OR and parentheses, which MLflow's own grammar lacks. */
  or?: boolean;
};

/** A search made ready for SQL: which runs, in which order. */
export type PreparedRunSearch = {
  from: SQL;
  condition: SQL;
  keys: SortKey[];
  /** Names the search, so that a page token fits no other. */
  question: string;
  /** No run can be found: there is no such experiment. */
  nowhere: boolean;
};

/** @throws TidemarkError `bad_request` for what the filter or order cannot mean */
export function prepareRunSearch({
  experimentIds,
  filter = "",
  view = "ACTIVE_ONLY",
  orderBy: orderings = [],
  or = false,
  orderValue = "value",
}: Omit<RunSearch, "maxResults" | "pageToken"> & {
  /** Of the metrics that runs are ordered by: the latest value, or an extreme. */
  orderValue?: "value" | "min" | "max";
}): PreparedRunSearch {
  const parsed = parseFilter(filter, { or });
  const numbers = experimentIds.map(experimentNumber).filter((number) => number !== null);
  const among = within(numbers);
  const { keys, from, joined } = sortKeys(orderings, among, surelyMeasured(parsed), orderValue);
  const condition = toCondition(parsed, (comparison) => compare(comparison, among, joined));
  return {
    from,
    condition: sql`r.experiment_id ${among} AND ${inView("r", view)} AND ${condition}`,
    keys,
    question: questionOf("runs", [...numbers].sort(), filter, view, orderings, orderValue),
    nowhere: numbers.length === 0,
  };
}

/**
 * A page of the runs of some experiments that a filter lets through, latest started first among equals.
 * @returns runs with their latest metrics, and the token of the next page, null on the last
 * @throws TidemarkError `bad_request` for what the filter or order cannot mean
 */
export async function searchRuns(
  db: Database,
  { maxResults = 1000, pageToken, ...search }: RunSearch,
): Promise<Page<Run>> {
  checkMaxResults(maxResults, LIMITS.runsPerSearch);
  const prepared = prepareRunSearch(search);
  const { rows, next_page_token } = await searchRunInfos(db, prepared, { maxResults, pageToken });
  return { rows: await attach(db, rows), next_page_token };
}

/** As `searchRuns`, without what hangs on the runs. */
export async function searchRunInfos(
  db: Database,
  { from, condition, keys, question, nowhere }: PreparedRunSearch,
  { maxResults, pageToken }: { maxResults: number; pageToken?: string | null | undefined },
): Promise<Page<RunInfo>> {
  return readPage(async (page) => (nowhere ? [] : selectRuns(db, { from, ...page })), {
    condition,
    keys,
    question,
    pageToken,
    maxResults,
  });
}

function resolve({ entity, key }: Identifier): { entity: (typeof ENTITIES)[string]; key: string } {
  if (entity === null) return { entity: "attribute", key: ALIASES[key] ?? key };
  const known = Object.hasOwn(ENTITIES, entity) ? ENTITIES[entity] : undefined;
  if (!known) throw refuseEntity(entity, ["metric", "parameter", "tag", "attribute", "dataset"]);
  return { entity: known, key: known === "attribute" ? (ALIASES[key] ?? key) : key };
}

/** One experiment is compared as such, so that an index may give its rows in order. */
const within = (numbers: readonly number[]): SQL =>
  numbers.length === 1 ? sql`= ${numbers[0]}::int` : sql`= ANY (${`{${numbers.join(",")}}`}::text::int[])`;

/** Metrics that every run which a filter lets through has, as a number: comparisons that nothing is an alternative to. */
function surelyMeasured(filter: Filter | null): Set<string> {
  const parts =
    filter === null ? [] : "parts" in filter ? (filter.kind === "and" ? filter.parts : []) : [filter];
  const keys = parts.flatMap((part) => {
    if (part.kind !== "comparison" || part.operator === "!=") return [];
    // A name that means nothing is refused where its place is known.
    const { entity, key } = part.identifier;
    return entity !== null && ENTITIES[entity] === "metric" ? [key] : [];
  });
  return new Set(keys);
}

function compare(comparison: Comparison, among: SQL, joined: ReadonlyMap<string, SQL>): SQL {
  const { entity, key } = resolve(comparison.identifier);
  const value = entity === "metric" ? joined.get(key) : undefined;
  if (value) return compareNumber(value, comparison);
  if (entity === "attribute") return compareAttribute(key, comparison);
  if (entity === "dataset") return compareDataset(key, comparison);
  const here = sql`SELECT 1 FROM ${TABLES[entity]} x WHERE x.run_id = r.run_id
    AND x.experiment_id ${among} AND x.key = ${key}::text`;
  if (comparison.kind === "null") return sql`${sql.raw(comparison.isNull ? "NOT " : "")}EXISTS (${here})`;
  if (entity === "metric") return sql`EXISTS (${here} AND ${compareNumber(sql`x.value`, comparison)})`;
  return sql`EXISTS (${here} AND ${narrow(comparison)}${compareText(sql`x.value`, comparison)})`;
}

/** Lets equality use the index, which holds the beginning of the value. */
function narrow(comparison: Comparison): SQL {
  if (comparison.kind !== "comparison" || comparison.operator !== "=") return sql``;
  if (comparison.value.kind !== "string") return sql``;
  return sql`left(x.value, 64) = left(${comparison.value.text}::text, 64) AND `;
}

function compareAttribute(key: string, comparison: Comparison): SQL {
  if (TEXTS.includes(key)) return compareText(sql`r.${sql.raw(key)}`, comparison);
  if (NUMBERS.includes(key)) return compareNumber(sql`r.${sql.raw(key)}`, comparison);
  throw refuseAttribute(key, [...TEXTS, ...NUMBERS]);
}

function compareDataset(key: string, comparison: Comparison): SQL {
  if (comparison.kind === "null" || !["name", "digest", "context"].includes(key)) {
    throw refuseAttribute(key, ["name", "digest", "context"]);
  }
  const column = key === "context" ? sql`(i.tags ->> 'mlflow.data.context')` : sql`i.${sql.raw(key)}`;
  return sql`EXISTS (SELECT 1 FROM run_input i WHERE i.run_id = r.run_id AND ${compareText(column, comparison)})`;
}

/**
 * Missing values come last in both directions, NaN just before them; then the latest started run. A metric that is
 * surely measured needs neither, and its index gives the runs in order; `joined` says where its value is.
 */
function sortKeys(
  orderings: readonly string[],
  among: SQL,
  measured: ReadonlySet<string>,
  orderValue: "value" | "min" | "max",
): { keys: SortKey[]; from: SQL; joined: Map<string, SQL> } {
  const keys: SortKey[] = [];
  const joins: SQL[] = [];
  const joined = new Map<string, SQL>();
  const seen = new Set<string>();
  for (const { identifier, direction } of orderings.map(parseOrdering)) {
    const { entity, key } = resolve(identifier);
    if (seen.has(`${entity}.${key}`)) {
      throw invalid(orderings, "order_by", "`order_by` contains duplicate fields");
    }
    seen.add(`${entity}.${key}`);
    if (entity === "dataset") throw refuseEntity("dataset", ["metric", "parameter", "tag", "attribute"]);
    if (entity === "attribute") {
      if (!TEXTS.includes(key) && !NUMBERS.includes(key)) throw refuseAttribute(key, [...TEXTS, ...NUMBERS]);
      const column = sql`r.${sql.raw(key)}`;
      if (NUMBERS.includes(key)) keys.push(...missingLast(column, "int8", direction));
      else keys.push({ expression: column, type: "text", direction });
      continue;
    }
    const alias = sql.raw(`o${joins.length}`);
    const sure = entity === "metric" && orderValue === "value" && measured.has(key);
    const value = sql`${alias}.${sql.raw(entity === "metric" ? orderValue : "value")}`;
    joins.push(sql`${sql.raw(sure ? "" : "LEFT ")}JOIN ${TABLES[entity]} ${alias} ON ${alias}.run_id = r.run_id
      AND ${alias}.experiment_id ${among} AND ${alias}.key = ${key}::text`);
    if (sure) {
      joined.set(key, value);
      keys.push({ expression: value, type: "float8", direction });
    } else keys.push(...missingLast(value, entity === "metric" ? "float8" : "text", direction));
  }
  if (!seen.has("attribute.start_time")) keys.push(...missingLast(sql`r.start_time`, "int8", "desc"));
  keys.push({ expression: sql`r.run_id`, type: "text", direction: "asc" });
  return { keys, from: sql`run r ${sql.join(joins, sql` `)}`, joined };
}
