import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import { checkMaxResults } from "@/lib/runs/limits";
import type { Page } from "@/lib/runs/schema";
import {
  type Attribute,
  attributeOrder,
  compareAttribute,
  type Searched,
  sortBy,
} from "@/lib/search/attribute-search";
import { toCondition } from "@/lib/search/conditions";
import { questionOf } from "@/lib/search/keyset";
import { readPage, type SelectPage } from "@/lib/search/page";
import { type Comparison, parseFilter } from "@/lib/search/parse";
import type { RegisteredModel, RegisteredVersion } from "./schema";
import { selectModels, selectVersions } from "./store";

const PREFIXES = ["attribute", "attributes", "attr"];

const text = (column: SQL): Attribute => ({ column, type: "text" });
const number = (column: SQL): Attribute => ({ column, type: "int8" });
const moment = (column: string): Attribute =>
  number(sql.raw(`floor(extract(epoch FROM ${column}) * 1000)::int8`));
const modelName = text(sql`m.name COLLATE "C"`);
const modelUpdated = moment("m.updated_at");

const MODELS: Searched = {
  noun: "models",
  prefixes: PREFIXES,
  attributes: {
    name: modelName,
    timestamp: modelUpdated,
    last_updated_timestamp: modelUpdated,
    creation_timestamp: moment("m.created_at"),
  },
  tags: sql`SELECT 1 FROM model_tag t WHERE t.model_id = m.model_id`,
  standard: [sortBy(modelName, "asc")],
  tie: [sortBy(modelName, "asc")],
};

const versionNumber = number(sql`coalesce(v.number, 0)`);
const versionUpdated = moment("v.updated_at");

const VERSIONS: Searched = {
  noun: "versions",
  prefixes: PREFIXES,
  attributes: {
    name: modelName,
    version_number: versionNumber,
    run_id: text(sql`coalesce(v.run_id, '')`),
    source_path: text(sql`v.source COLLATE "C"`),
    current_stage: text(sql`v.stage COLLATE "C"`),
    creation_timestamp: moment("v.created_at"),
    last_updated_timestamp: versionUpdated,
  },
  tags: sql`SELECT 1 FROM version_tag t WHERE t.model_id = v.model_id AND t.version_id = v.version_id`,
  standard: [sortBy(versionUpdated, "desc")],
  tie: [
    sortBy(modelName, "asc"),
    sortBy(versionNumber, "desc"),
    sortBy(text(sql`v.name COLLATE "C"`), "asc"),
  ],
};

export type RegistrySearch = {
  filter?: string;
  orderBy?: readonly string[];
  maxResults?: number;
  pageToken?: string | null;
};

/** A page of the models that a filter lets through, by name unless an order is given. */
export const searchModels = (db: Database, search: RegistrySearch): Promise<Page<RegisteredModel>> =>
  searchIn(db, MODELS, { maxResults: 100, ...search }, 1000, selectModels);

/** A page of versions of all models, the latest changed first unless an order is given. */
export const searchVersions = (db: Database, search: RegistrySearch): Promise<Page<RegisteredVersion>> =>
  searchIn(db, VERSIONS, { maxResults: 10_000, ...search }, 200_000, selectVersions);

async function searchIn<Row>(
  db: Database,
  searched: Searched,
  { filter = "", orderBy: orderings = [], maxResults = 0, pageToken }: RegistrySearch,
  most: number,
  select: (db: Database, ...page: Parameters<SelectPage<Row>>) => ReturnType<SelectPage<Row>>,
): Promise<Page<Row>> {
  checkMaxResults(maxResults, most);
  const compare = (comparison: Comparison) =>
    noPrompt(searched, comparison) ?? compareAttribute(searched, comparison);
  return readPage((page) => select(db, page), {
    condition: toCondition(parseFilter(filter), compare),
    keys: attributeOrder(searched, orderings),
    question: questionOf(searched.noun, filter, orderings),
    pageToken,
    maxResults,
  });
}

/** Clients of MLflow 3 ask for models that are no prompts by a tag that models do not have. */
function noPrompt({ tags }: Searched, comparison: Comparison): SQL | null {
  const { entity, key } = comparison.identifier;
  if ((entity !== "tag" && entity !== "tags") || key !== PROMPT || comparison.kind !== "comparison")
    return null;
  const { operator, value } = comparison;
  const saysNo = (operator === "!=" && value.text === "true") || (operator === "=" && value.text === "false");
  return saysNo ? sql`NOT EXISTS (${tags} AND t.key = ${PROMPT}::text AND t.value = 'true')` : null;
}

const PROMPT = "mlflow.prompt.is_prompt";
