import { describeRun, describeRuns } from "@/lib/experiments/describe-runs";
import { runQuery, runsDetailQuery } from "@/lib/experiments/run-query";
import { RunDetail, RunDetails } from "@/lib/experiments/run-schema";
import type { Answer } from "@/lib/server/prefetch";

export const runAnswer = (run: string): Answer<RunDetail> => ({
  query: runQuery(run),
  reply: RunDetail,
  verb: ({ db }) => describeRun(db, run),
});

export const runsDetailAnswer = (runs: readonly string[]): Answer<RunDetails> => ({
  query: runsDetailQuery(runs),
  reply: RunDetails,
  verb: async ({ db }) => ({ runs: await describeRuns(db, runs) }),
});
