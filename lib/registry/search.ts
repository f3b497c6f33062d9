import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import { invalid } from "@/lib/runs/limits";
import type { Page } from "@/lib/runs/schema";
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
import type { RegisteredModel, RegisteredVersion } from "./schema";
import { selectModels, selectVersions } from "./store";

type Attribute = { column: SQL; type: SortKey["type"] };
type Searched = {
  noun: string;
  attributes: Record<string, Attribute>;
  tags: SQL;
  standard: SortKey[];
  tie: SortKey[];
};

const text = (column: SQL): Attribute => ({ column, type: "text" });
const number = (column: SQL): Attribute => ({ column, type: "int8" });
const moment = (column: string): Attribute =>
  number(sql.raw(`floor(extract(epoch FROM ${column}) * 1000)::int8`));
const by = ({ column, type }: Attribute, direction: SortKey["direction"]): SortKey => ({
  expression: column,
  type,
  direction,
});

const modelName = text(sql`m.name COLLATE "C"`);
const modelUpdated = moment("m.updated_at");

const MODELS: Searched = {
  noun: "models",
  attributes: {
    name: modelName,
    timestamp: modelUpdated,
    last_updated_timestamp: modelUpdated,
    creation_timestamp: moment("m.created_at"),
  },
  tags: sql`SELECT 1 FROM model_tag t WHERE t.model_id = m.model_id`,
  standard: [by(modelName, "asc")],
  tie: [by(modelName, "asc")],
};

const versionNumber = number(sql`coalesce(v.number, 0)`);
const versionUpdated = moment("v.updated_at");

const VERSIONS: Searched = {
  noun: "versions",
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
  standard: [by(versionUpdated, "desc")],
  tie: [by(modelName, "asc"), by(versionNumber, "desc"), by(text(sql`v.name COLLATE "C"`), "asc")],
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
  select: (
    db: Database,
    search: { condition: SQL; order: SQL; position: SQL; limit: number },
  ) => Promise<(Row & { position: string[] })[]>,
): Promise<Page<Row>> {
  if (maxResults < 1 || maxResults > most) {
    throw invalid(maxResults, "max_results", `It must be at least 1 and at most ${most}`);
  }
  const keys = sortKeys(searched, orderings);
  const question = questionOf(searched.noun, filter, orderings);
  const position = fromToken(pageToken, question, keys.length);
  const condition = toCondition(parseFilter(filter), (comparison) => compare(searched, comparison));
  const found = await select(db, {
    condition: sql`${condition} AND ${behind(keys, position)}`,
    order: orderBy(keys),
    position: positionOf(keys),
    limit: maxResults + 1,
  });
  const page = found.slice(0, maxResults);
  return {
    rows: page.map(({ position: _, ...row }) => row as unknown as Row),
    next_page_token: found.length > maxResults ? toToken(question, page.at(-1)!.position) : null,
  };
}

function attributeOf({ attributes }: Searched, { entity, key }: Identifier): Attribute {
  if (entity !== null && !["attribute", "attributes", "attr"].includes(entity)) {
    throw refuseEntity(entity, ["attribute", "tag"]);
  }
  const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (!attribute) throw refuseAttribute(key, Object.keys(attributes));
  return attribute;
}

function compare(searched: Searched, comparison: Comparison): SQL {
  const { entity, key } = comparison.identifier;
  if (entity === "tag" || entity === "tags") return compareTag(searched, key, comparison);
  const { column, type } = attributeOf(searched, comparison.identifier);
  return type === "text" ? compareText(column, comparison) : compareNumber(column, comparison);
}

function compareTag({ tags }: Searched, key: string, comparison: Comparison): SQL {
  const here = sql`${tags} AND t.key = ${key}::text`;
  if (comparison.kind === "null") return sql`${sql.raw(comparison.isNull ? "NOT " : "")}EXISTS (${here})`;
  if (key === PROMPT && comparison.kind === "comparison" && saysNoPrompt(comparison)) {
    return sql`NOT EXISTS (${here} AND t.value = 'true')`;
  }
  return sql`EXISTS (${here} AND ${compareText(sql`t.value`, comparison)})`;
}

/** Clients of MLflow 3 ask for models that are no prompts by a tag that models do not have. */
const PROMPT = "mlflow.prompt.is_prompt";
const saysNoPrompt = ({ operator, value }: Extract<Comparison, { kind: "comparison" }>) =>
  (operator === "!=" && value.text === "true") || (operator === "=" && value.text === "false");

function sortKeys(searched: Searched, orderings: readonly string[]): SortKey[] {
  const wanted = orderings
    .map(parseOrdering)
    .map(({ identifier, direction }) => by(attributeOf(searched, identifier), direction));
  const keys = wanted.length > 0 ? wanted : searched.standard;
  return [...keys, ...searched.tie.filter((tie) => !keys.some((key) => key.expression === tie.expression))];
}
