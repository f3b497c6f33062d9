import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import { TidemarkError } from "@/lib/errors";
import { attach, RUN_COLUMNS } from "@/lib/runs/run-store";
import type { Run, RunInfo } from "@/lib/runs/schema";
import { runNotFound } from "@/lib/runs/store-errors";
import { MOST_COMPARED } from "./address";
import { momentOrNull } from "./list";
import type { RunDetail } from "./run-schema";
import type { RunCell } from "./schema";
import { PARENT_TAG } from "./store";

type Around = {
  run_id: string;
  experiment: string;
  parent: { run_id: string; run_name: string } | null;
  children: number;
  versions: RunDetail["versions"];
};

/**
 * Some runs with all that they logged, in the order in which they were asked for.
 * @throws TidemarkError `not_found` for the first that is not there, `bad_request` for more than 100
 */
export async function describeRuns(db: Database, runIds: readonly string[]): Promise<RunDetail[]> {
  const wanted = [...new Set(runIds)];
  if (wanted.length > MOST_COMPARED) {
    throw new TidemarkError(
      "bad_request",
      `${wanted.length} runs were asked for: at most ${MOST_COMPARED} at once`,
    );
  }
  const ids = sql`SELECT unnest(${texts(wanted)}::text::text[]) COLLATE "C" AS run_id`;
  const infos = await rows<RunInfo>(
    db,
    sql`SELECT ${RUN_COLUMNS} FROM run r JOIN (${ids}) AS wanted USING (run_id)`,
  );
  const around = await rows<Around>(
    db,
    sql`SELECT r.run_id, e.name AS experiment,
        (SELECT json_build_object('run_id', q.run_id, 'run_name', q.run_name) FROM run_tag t
          JOIN run q ON q.run_id = t.value WHERE t.run_id = r.run_id AND t.key = ${PARENT_TAG}::text) AS parent,
        (SELECT count(*)::int FROM run_tag t JOIN run c ON c.run_id = t.run_id AND c.lifecycle_stage = 'active'
          WHERE t.experiment_id = r.experiment_id AND t.key = ${PARENT_TAG}::text
          AND left(t.value, 64) = r.run_id) AS children,
        coalesce((SELECT json_agg(json_build_object('model', m.name, 'version', v.name, 'stage', v.stage)
          ORDER BY m.name, v.version_id) FROM model_version v JOIN model m USING (model_id)
          WHERE v.run_id = r.run_id), '[]') AS versions
      FROM run r JOIN (${ids}) AS wanted USING (run_id) JOIN experiment e USING (experiment_id)`,
  );
  const runs = new Map((await attach(db, infos)).map((run) => [run.run_id, run]));
  const rest = new Map(around.map((each) => [each.run_id, each]));
  return wanted.map((id) => {
    const run = runs.get(id);
    if (!run) throw runNotFound(id);
    return toDetail(run, rest.get(id)!);
  });
}

/** @throws TidemarkError `not_found` */
export async function describeRun(db: Database, runId: string): Promise<RunDetail> {
  const [run] = await describeRuns(db, [runId]);
  return run!;
}

const cell = (value: number | null): RunCell =>
  value === null || Number.isFinite(value) ? value : String(value);

function toDetail(run: Run, { experiment, parent, children, versions }: Around): RunDetail {
  return {
    run_id: run.run_id,
    run_name: run.run_name,
    experiment: { experiment_id: run.experiment_id, name: experiment },
    status: run.status,
    lifecycle_stage: run.lifecycle_stage,
    user_id: run.user_id,
    start_time: momentOrNull(run.start_time),
    end_time: momentOrNull(run.end_time),
    metrics: run.metrics.map(({ key, value, step, min, max, points }) => ({
      key,
      last: cell(value),
      step,
      min: cell(min),
      max: cell(max),
      points,
    })),
    params: run.params,
    tags: run.tags,
    inputs: run.datasets.map(({ tags, ...dataset }) => ({
      ...dataset,
      context: tags.find(({ key }) => key === "mlflow.data.context")?.value ?? null,
    })),
    parent,
    children,
    versions,
  };
}
