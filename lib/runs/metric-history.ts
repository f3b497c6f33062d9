import type { Database } from "@/lib/db/client";
import { fromToken, questionOf, toToken } from "@/lib/search/keyset";
import { selectHistory } from "./history-store";
import { invalid } from "./limits";
import { getRunInfo } from "./runs";
import type { PointColumns } from "./schema";

/** In one page where nothing is asked: clients of MLflow 2 do not turn pages. */
const MOST_POINTS = 1_000_000;

/**
 * The points of a metric in the order of timestamp, step and value; none for a metric that the run does not have.
 * @throws TidemarkError `not_found` for the run
 */
export async function readMetricHistory(
  db: Database,
  {
    runId,
    key,
    maxResults,
    pageToken,
  }: { runId: string; key: string; maxResults?: number | undefined; pageToken?: string | null | undefined },
): Promise<{ points: PointColumns; next_page_token: string | null }> {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > MOST_POINTS)) {
    throw invalid(maxResults, "max_results", `It must be at least 1 and at most ${MOST_POINTS}`);
  }
  const limit = maxResults ?? MOST_POINTS;
  const question = questionOf("history", runId, key);
  const position = fromToken(pageToken, question, 3);
  await getRunInfo(db, runId);
  const points = await selectHistory(db, { runId, key, position, limit: limit + 1 });
  if (points.values.length <= limit) return { points, next_page_token: null };
  for (const column of Object.values(points)) column.length = limit;
  const last = [points.timestamps, points.steps, points.values].map((column) => column.at(-1)!);
  return { points, next_page_token: toToken(question, last) };
}
