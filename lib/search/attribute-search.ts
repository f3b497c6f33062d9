import { type SQL, sql } from "drizzle-orm";
import { compareNumber, compareText, refuseAttribute, refuseEntity } from "./conditions";
import type { SortKey } from "./keyset";
import { type Comparison, type Identifier, parseOrdering } from "./parse";

export type Attribute = { column: SQL; type: SortKey["type"] };

/** A noun that is searched by its attributes and tags alone. */
export type Searched = {
  noun: string;
  /** Words that may stand before an attribute's name. */
  prefixes: readonly string[];
  attributes: Record<string, Attribute>;
  /** SELECT of the noun's tags, as `t` with key and value. */
  tags: SQL;
  /** The order where none is asked for. */
  standard: SortKey[];
  /** What decides among equals, unless it is in the order already. */
  tie: SortKey[];
};

export const sortBy = ({ column, type }: Attribute, direction: SortKey["direction"]): SortKey => ({
  expression: column,
  type,
  direction,
});

/** @throws TidemarkError `bad_request` for a name that the noun does not have */
export function compareAttribute(searched: Searched, comparison: Comparison): SQL {
  const { entity, key } = comparison.identifier;
  if (entity === "tag" || entity === "tags") return compareTag(searched, key, comparison);
  const { column, type } = attributeOf(searched, comparison.identifier);
  return type === "text" ? compareText(column, comparison) : compareNumber(column, comparison);
}

/** @throws TidemarkError `bad_request` for a name that the noun does not have */
export function attributeOrder(searched: Searched, orderings: readonly string[]): SortKey[] {
  const wanted = orderings
    .map(parseOrdering)
    .map(({ identifier, direction }) => sortBy(attributeOf(searched, identifier), direction));
  const keys = wanted.length > 0 ? wanted : searched.standard;
  return [...keys, ...searched.tie.filter((tie) => !keys.some((key) => key.expression === tie.expression))];
}

function attributeOf({ prefixes, attributes }: Searched, { entity, key }: Identifier): Attribute {
  if (entity !== null && !prefixes.includes(entity)) throw refuseEntity(entity, ["attribute", "tag"]);
  const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (!attribute) throw refuseAttribute(key, Object.keys(attributes));
  return attribute;
}

function compareTag({ tags }: Searched, key: string, comparison: Comparison): SQL {
  const here = sql`${tags} AND t.key = ${key}::text`;
  if (comparison.kind === "null") return sql`${sql.raw(comparison.isNull ? "NOT " : "")}EXISTS (${here})`;
  return sql`EXISTS (${here} AND ${compareText(sql`t.value`, comparison)})`;
}
