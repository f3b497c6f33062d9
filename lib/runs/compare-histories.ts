import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { selectPointsAt, selectSteps } from "./history-store";
import { invalid } from "./limits";
import type { RunPoint } from "./schema";

const MOST_RUNS = 100;
const MOST_POINTS_PER_RUN = 2500;
const MOST_POINTS = 25_000;

/** Every point of a metric of some runs, run by run in the order of steps; 25,000 at most. */
export async function readHistories(
  db: Database,
  { runIds, key, maxResults = MOST_POINTS }: { runIds: readonly string[]; key: string; maxResults?: number },
): Promise<RunPoint[]> {
  if (runIds.length === 0) {
    throw new TidemarkError("bad_request", "GetMetricHistoryBulk request must specify at least one run_id.");
  }
  if (runIds.length > MOST_RUNS) {
    throw new TidemarkError(
      "bad_request",
      `GetMetricHistoryBulk request cannot specify more than ${MOST_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  if (key === "") {
    throw new TidemarkError("bad_request", "GetMetricHistoryBulk request must specify a metric_key.");
  }
  const limit = Math.max(1, Math.min(maxResults, MOST_POINTS));
  return selectPointsAt(db, { runIds, key, steps: null, from: null, to: null, limit });
}

/**
 * Points of a metric of some runs at about as many steps as asked for: steps spread evenly over all that the runs have,
 * and the last steps of them.
 */
export async function sampleHistories(
  db: Database,
  {
    runIds,
    key,
    from = null,
    to = null,
    maxResults = MOST_POINTS_PER_RUN,
  }: {
    runIds: readonly string[];
    key: string;
    from?: number | null;
    to?: number | null;
    maxResults?: number;
  },
): Promise<RunPoint[]> {
  if (runIds.length === 0) {
    throw new TidemarkError("bad_request", "Missing value for required parameter 'run_ids'.");
  }
  if (runIds.length > MOST_RUNS) {
    throw new TidemarkError(
      "bad_request",
      `GetMetricHistoryBulkInterval request must specify at most ${MOST_RUNS} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  if ((from === null) !== (to === null)) {
    throw new TidemarkError(
      "bad_request",
      "If either start step or end step are specified, both must be specified.",
    );
  }
  if (from !== null && to !== null && from > to) {
    throw new TidemarkError(
      "bad_request",
      `end_step must be greater than start_step. Found start_step=${from} and end_step=${to}.`,
    );
  }
  if (maxResults < 1 || maxResults > MOST_POINTS_PER_RUN) {
    throw invalid(maxResults, "max_results", `max_results must be between 1 and ${MOST_POINTS_PER_RUN}`);
  }
  const all = await selectSteps(db, { runIds, key, from, to });
  const steps = spread(all, maxResults);
  return selectPointsAt(db, { runIds, key, steps, from, to, limit: runIds.length * MOST_POINTS_PER_RUN });
}

/** Every so-manieth of the steps, so that they are at most n, and the last: as MLflow's server chooses them. */
function spread(steps: readonly number[], n: number): number[] {
  if (steps.length <= n) return [...steps];
  const stride = Math.ceil(steps.length / n);
  return steps.filter((_, place) => place % stride === 0 || place === steps.length - 1);
}
