import { sql } from "drizzle-orm";
import { z } from "zod";
import { thinKeepingExtremes } from "@/lib/charts/thin";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import { TidemarkError } from "@/lib/errors";
import { searchRunInfos } from "@/lib/runs/search-runs";
import { exponentialMovingAverage } from "@/lib/stats/exponential-moving-average";
import { MOST_COMPARED, MOST_SEARCHED } from "./address";
import { prepareBrowse, RunsQuery } from "./browse";
import type { Curve, Curves } from "./run-schema";

export const CurvesQuery = z.object({
  /** Left out where an experiment is searched instead. */
  run: z.union([z.string().max(100), z.array(z.string().max(100))]).optional(),
  /** Its runs that meet the filter, the newest first, at most 1,000. */
  experiment: z.string().max(100).optional(),
  filter: z.string().max(20_000).optional(),
  /** Only the children of this run. */
  parent: z.string().max(100).optional(),
  metric: z.string().max(300),
  /** At most so many points of each run; extremes stay. */
  points: z.coerce.number().int().min(10).max(5000).default(600),
  /** Weight of the past in an exponential moving average; 0 = none. */
  smoothing: z.coerce.number().min(0).max(0.999).default(0),
});
export type CurvesQuery = z.output<typeof CurvesQuery>;

/** The course of a metric in some runs by step, thinned so that extremes stay. Runs without the metric have no curve. */
export async function readCurves(
  db: Database,
  { run, experiment, filter, parent, metric, points, smoothing }: CurvesQuery,
): Promise<Curves> {
  const runIds =
    experiment === undefined
      ? [...new Set([run ?? []].flat())]
      : await searchedRuns(db, { experiment, filter, parent });
  if (experiment === undefined && runIds.length > MOST_COMPARED) {
    throw new TidemarkError(
      "bad_request",
      `${runIds.length} runs were asked for: at most ${MOST_COMPARED} at once; name an experiment and a filter for up to ${MOST_SEARCHED}`,
    );
  }
  const found = await rows<{ run_id: string; steps: string; times: string; values: string }>(
    db,
    sql`SELECT run_id, array_agg(step)::text AS steps, array_agg("timestamp")::text AS times,
        array_agg(value)::text AS values
      FROM (SELECT run_id, step, "timestamp", value FROM metric_point
        WHERE run_id = ANY (${texts(runIds)}::text::text[]) AND key = ${metric}::text
        ORDER BY run_id, step, "timestamp", value) AS points
      GROUP BY run_id`,
  );
  const place = new Map(runIds.map((id, index) => [id, index]));
  const curves = found
    .sort((a, b) => place.get(a.run_id)! - place.get(b.run_id)!)
    .map(({ run_id, steps, times, values }) =>
      toCurve(
        run_id,
        { steps: read(steps), times: read(times), values: read(values) },
        { points, smoothing },
      ),
    );
  return { metric, curves };
}

async function searchedRuns(
  db: Database,
  {
    experiment,
    filter,
    parent,
  }: { experiment: string; filter: string | undefined; parent: string | undefined },
): Promise<string[]> {
  const { search } = await prepareBrowse(db, {
    ...RunsQuery.parse({ filter, parent }),
    experimentId: experiment,
  });
  const { rows: found } = await searchRunInfos(db, search, {
    maxResults: MOST_SEARCHED,
    pageToken: undefined,
  });
  return found.map(({ run_id }) => run_id);
}

const read = (literal: string): number[] => literal.slice(1, -1).split(",").map(Number);
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A history in columns as it is drawn. */
export function toCurve(
  run_id: string,
  { steps, times, values }: { steps: number[]; times: number[]; values: number[] },
  { points, smoothing }: { points: number; smoothing: number },
): Curve {
  const kept = thinKeepingExtremes(values, points);
  const smooth = smoothing > 0 ? exponentialMovingAverage(values, smoothing) : null;
  return {
    run_id,
    points: values.length,
    steps: kept.map((at) => steps[at]!),
    times: kept.map((at) => times[at]!),
    values: kept.map((at) => finite(values[at]!)),
    smoothed: smooth && kept.map((at) => finite(smooth[at]!)),
  };
}
