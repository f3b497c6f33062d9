import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import {
  compareNumber,
  compareText,
  refuseAttribute,
  refuseEntity,
  toCondition,
} from "@/lib/search/conditions";
import {
  behind,
  fromToken,
  orderBy,
  positionOf,
  questionOf,
  type SortKey,
  toToken,
} from "@/lib/search/keyset";
import { type Comparison, type Identifier, parseFilter, parseOrdering } from "@/lib/search/parse";
import { selectExperiments } from "./experiment-store";
import { invalid, LIMITS } from "./limits";
import type { Experiment, Page, ViewType } from "./schema";

type Attribute = { column: SQL; type: SortKey["type"] };

const ATTRIBUTES: Record<string, Attribute> = {
  name: { column: sql`e.name`, type: "text" },
  experiment_id: { column: sql`e.experiment_id`, type: "int8" },
  creation_time: { column: sql`e.creation_time`, type: "int8" },
  last_update_time: { column: sql`e.last_update_time`, type: "int8" },
  created: { column: sql`e.creation_time`, type: "int8" },
};

export type ExperimentSearch = {
  filter?: string;
  orderBy?: readonly string[];
  view?: ViewType;
  maxResults?: number;
  pageToken?: string | null;
};

/** A page of the experiments that a filter lets through, the latest made first unless an order is given. */
export async function searchExperiments(
  db: Database,
  {
    filter = "",
    orderBy: orderings = [],
    view = "ACTIVE_ONLY",
    maxResults = 1000,
    pageToken,
  }: ExperimentSearch,
): Promise<Page<Experiment>> {
  if (maxResults < 1 || maxResults > LIMITS.experimentsPerSearch) {
    throw invalid(
      maxResults,
      "max_results",
      `It must be at least 1 and at most ${LIMITS.experimentsPerSearch}`,
    );
  }
  const keys = sortKeys(orderings);
  const question = questionOf("experiments", filter, orderings, view);
  const position = fromToken(pageToken, question, keys.length);
  const found = await selectExperiments(db, {
    condition: sql`${inView(view)} AND ${toCondition(parseFilter(filter), compare)} AND ${behind(keys, position)}`,
    order: orderBy(keys),
    position: positionOf(keys),
    limit: maxResults + 1,
  });
  const page = found.slice(0, maxResults);
  return {
    rows: page.map(({ position: _, ...experiment }) => experiment),
    next_page_token: found.length > maxResults ? toToken(question, page.at(-1)!.position) : null,
  };
}

function inView(view: ViewType): SQL {
  if (view === "ALL") return sql`true`;
  return view === "DELETED_ONLY" ? sql`e.lifecycle_stage = 'deleted'` : sql`e.lifecycle_stage = 'active'`;
}

function attributeOf({ entity, key }: Identifier): Attribute {
  if (entity !== null && !["attribute", "attributes", "attr", "experiment"].includes(entity)) {
    throw refuseEntity(entity, ["attribute", "tag"]);
  }
  const attribute = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
  if (!attribute) throw refuseAttribute(key, Object.keys(ATTRIBUTES));
  return attribute;
}

function compare(comparison: Comparison): SQL {
  const { identifier } = comparison;
  if (identifier.entity === "tag" || identifier.entity === "tags") {
    const here = sql`SELECT 1 FROM experiment_tag t WHERE t.experiment_id = e.experiment_id AND t.key = ${identifier.key}::text`;
    if (comparison.kind === "null") return sql`${sql.raw(comparison.isNull ? "NOT " : "")}EXISTS (${here})`;
    return sql`EXISTS (${here} AND ${compareText(sql`t.value`, comparison)})`;
  }
  const { column, type } = attributeOf(identifier);
  return type === "text" ? compareText(column, comparison) : compareNumber(column, comparison);
}

function sortKeys(orderings: readonly string[]): SortKey[] {
  const { creation_time, experiment_id } = ATTRIBUTES as Record<string, Attribute>;
  const keys = orderings.map(parseOrdering).map(({ identifier, direction }): SortKey => {
    const { column, type } = attributeOf(identifier);
    return { expression: column, type, direction };
  });
  const custom = keys.length > 0;
  if (!custom) keys.push({ expression: creation_time!.column, type: "int8", direction: "desc" });
  return [...keys, { expression: experiment_id!.column, type: "int8", direction: custom ? "desc" : "asc" }];
}
