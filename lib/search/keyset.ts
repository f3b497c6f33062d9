import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { TidemarkError } from "@/lib/errors";

/** One thing that rows are sorted by. The expression is never NULL, since NULL compares with nothing. */
export type SortKey = { expression: SQL; type: "float8" | "int8" | "text"; direction: "asc" | "desc" };

/** Sorts what may be missing: missing values last in both directions, NaN just before them. */
export function missingLast(column: SQL, type: SortKey["type"], direction: SortKey["direction"]): SortKey[] {
  const none = type === "text" ? sql`''` : sql`0`;
  const rank =
    type === "float8"
      ? sql`CASE WHEN ${column} IS NULL THEN 2 WHEN ${column} = 'NaN' THEN 1 ELSE 0 END`
      : sql`CASE WHEN ${column} IS NULL THEN 1 ELSE 0 END`;
  const value =
    type === "float8"
      ? sql`CASE WHEN ${column} IS NULL OR ${column} = 'NaN' THEN 0 ELSE ${column} END`
      : sql`coalesce(${column}, ${none})`;
  return [
    { expression: rank, type: "int8", direction: "asc" },
    { expression: value, type, direction },
  ];
}

export const orderBy = (keys: readonly SortKey[]): SQL =>
  sql.join(
    keys.map(({ expression, direction }) => sql`${expression} ${sql.raw(direction)}`),
    sql`, `,
  );

/** What a page must return beside its rows so that the next one can start behind its last row. */
export const positionOf = (keys: readonly SortKey[]): SQL =>
  sql`json_build_array(${sql.join(
    keys.map(({ expression }) => sql`(${expression})::text`),
    sql`, `,
  )})`;

/** True of the rows behind a position; of all without one. */
export function behind(keys: readonly SortKey[], position: readonly string[] | null): SQL {
  if (!position) return sql`true`;
  const at = (place: number) => {
    const { type } = keys[place]!;
    const cast = type === "text" ? sql`::text COLLATE "C"` : sql.raw(`::text::${type}`);
    return sql`${position[place]!}${cast}`;
  };
  const branches = keys.map(({ expression, direction }, place) => {
    const equal = keys.slice(0, place).map((key, before) => sql`${key.expression} = ${at(before)}`);
    const beyond = sql`${expression} ${sql.raw(direction === "asc" ? ">" : "<")} ${at(place)}`;
    return sql`(${sql.join([...equal, beyond], sql` AND `)})`;
  });
  return sql`(${sql.join(branches, sql` OR `)})`;
}

/** Of the question that a page answers: a token is of use for no other. */
export const questionOf = (...parts: unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);

/** Where the next page starts, to be handed back as it is. */
export const toToken = (question: string, position: readonly string[]): string =>
  Buffer.from(JSON.stringify([question, ...position])).toString("base64url");

/** @throws TidemarkError `bad_request` for a token that this question never got */
export function fromToken(
  token: string | null | undefined,
  question: string,
  length: number,
): string[] | null {
  if (!token) return null;
  const read = decode(token);
  if (!read || read.length !== length + 1 || read[0] !== question) {
    throw new TidemarkError(
      "bad_request",
      `Invalid page token ${JSON.stringify(token.slice(0, 80))}: give the next_page_token of the page before, with the same filter and order`,
    );
  }
  return read.slice(1);
}

function decode(token: string): string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : null;
  } catch {
    return null;
  }
}
