import { type SQL, sql } from "drizzle-orm";
import { TidemarkError } from "@/lib/errors";
import type { Comparison, Filter, Value } from "./parse";

/** The places of a filter made into SQL; what a name means is the searched noun's business. */
export function toCondition(filter: Filter | null, compare: (comparison: Comparison) => SQL): SQL {
  if (!filter) return sql`true`;
  if ("parts" in filter) {
    const parts = filter.parts.map((part) => toCondition(part, compare));
    return sql`(${sql.join(parts, filter.kind === "and" ? sql` AND ` : sql` OR `)})`;
  }
  return located(filter, compare);
}

/** What cannot be meant is said with its place in the filter. */
function located(comparison: Comparison, compare: (comparison: Comparison) => SQL): SQL {
  try {
    return compare(comparison);
  } catch (error) {
    if (!(error instanceof TidemarkError) || error.details.length > 0) throw error;
    throw new TidemarkError(error.code, error.message, { details: [{ at: comparison.at }], cause: error });
  }
}

const refuse = (message: string) => new TidemarkError("bad_request", message);

/** Compares a column of text. Equality, patterns and lists; MLflow orders no texts. */
export function compareText(column: SQL, comparison: Comparison): SQL {
  if (comparison.kind === "null") return sql`${column} IS ${nullWord(comparison.isNull)}`;
  if (comparison.kind === "list") {
    const values = sql.join(
      comparison.values.map((value) => sql`${quoted(value, comparison)}::text`),
      sql`, `,
    );
    return sql`${column} ${sql.raw(comparison.operator)} (${values})`;
  }
  const { operator } = comparison;
  const value = quoted(comparison.value, comparison);
  switch (operator) {
    case "=":
    case "!=":
      return sql`${column} ${sql.raw(operator)} ${value}::text`;
    case "LIKE":
    case "ILIKE":
      // Without an escape character, as in MLflow: a backslash is a backslash.
      return sql`${column} ${sql.raw(operator)} ${value}::text ESCAPE ''`;
    default:
      throw refuse(
        `Invalid comparator '${operator}' in ${JSON.stringify(comparison.text)}: a text is compared by =, !=, LIKE, ILIKE or IN`,
      );
  }
}

/** Compares a column of numbers. NaN is unequal to everything and neither above nor below anything. */
export function compareNumber(column: SQL, comparison: Comparison): SQL {
  if (comparison.kind === "null") return sql`${column} IS ${nullWord(comparison.isNull)}`;
  if (comparison.kind === "list") {
    throw refuse(
      `Invalid comparator '${comparison.operator}' in ${JSON.stringify(comparison.text)}: a number is compared by =, !=, <, <=, > or >=`,
    );
  }
  const { operator, value } = comparison;
  if (operator === "LIKE" || operator === "ILIKE") {
    throw refuse(
      `Invalid comparator '${operator}' in ${JSON.stringify(comparison.text)}: a number is compared by =, !=, <, <=, > or >=`,
    );
  }
  if (value.kind !== "number") {
    throw refuse(
      `Expected numeric value type in ${JSON.stringify(comparison.text)}. Found '${value.text.slice(0, 80)}': leave the quotes out`,
    );
  }
  const compared = sql`${column} ${sql.raw(operator)} ${value.text}::text::float8`;
  return operator === "=" || operator === "!=" || operator === "<" || operator === "<="
    ? compared
    : sql`(${compared} AND ${column} <> 'NaN'::float8)`;
}

function quoted(value: Value, comparison: Comparison): string {
  if (value.kind === "string") return value.text;
  throw refuse(
    `Expected a quoted string value in ${JSON.stringify(comparison.text)}. Got value ${value.text}: put it in quotes, '${value.text}'`,
  );
}

const nullWord = (isNull: boolean) => sql.raw(isNull ? "NULL" : "NOT NULL");

/** Says no to an attribute that the searched noun does not have. */
export function refuseAttribute(key: string, known: readonly string[]): TidemarkError {
  return refuse(
    `Invalid attribute key '${key.slice(0, 80)}' specified. Valid keys are ${known.map((each) => `'${each}'`).join(", ")}`,
  );
}

export function refuseEntity(entity: string, known: readonly string[]): TidemarkError {
  return refuse(
    `Invalid entity type '${entity.slice(0, 80)}'. Valid entity types are ${known.map((each) => `'${each}'`).join(", ")}`,
  );
}
