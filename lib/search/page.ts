import { type SQL, sql } from "drizzle-orm";
import { behind, fromToken, orderBy, positionOf, type SortKey, toToken } from "./keyset";

/** Reads rows in an order, each with its position in it. */
export type SelectPage<Row> = (page: {
  condition: SQL;
  order: SQL;
  position: SQL;
  limit: number;
}) => Promise<(Row & { position: string[] })[]>;

/**
 * One page of what a search finds, by keyset.
 * @param question names the search, so that a token fits no other
 * @returns rows in the order of the keys, and the token of the next page, null on the last
 * @throws TidemarkError `bad_request` for a token that this question never got
 */
export async function readPage<Row>(
  select: SelectPage<Row>,
  {
    condition,
    keys,
    question,
    pageToken,
    maxResults,
  }: {
    condition: SQL;
    keys: readonly SortKey[];
    question: string;
    pageToken: string | null | undefined;
    maxResults: number;
  },
): Promise<{ rows: Row[]; next_page_token: string | null }> {
  const found = await select({
    condition: sql`${condition} AND ${behind(keys, fromToken(pageToken, question, keys.length))}`,
    order: orderBy(keys),
    position: positionOf(keys),
    // One more than is wanted tells whether there is a next page.
    limit: maxResults + 1,
  });
  const page = found.slice(0, maxResults);
  return {
    rows: page.map(({ position: _, ...row }) => row as unknown as Row),
    next_page_token: found.length > maxResults ? toToken(question, page.at(-1)!.position) : null,
  };
}
