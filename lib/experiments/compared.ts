import type { RunDetail } from "./run-schema";
import type { RunPage } from "./schema";

/** What a comparison needs of a run; a run with all that it logged has it, and so has a row of a search. */
export type ComparedRun = Pick<
  RunDetail,
  "run_id" | "run_name" | "status" | "start_time" | "params" | "tags"
> & { metrics: readonly Pick<RunDetail["metrics"][number], "key" | "last">[] };

/** The rows of a search as runs to compare: what stands in its columns is what is known of them. */
export function comparedRuns({ columns, runs }: Pick<RunPage, "columns" | "runs">): ComparedRun[] {
  return runs.map(({ run_id, run_name, status, start_time, cells }) => {
    const run: ComparedRun & { metrics: { key: string; last: number | string }[] } = {
      run_id,
      run_name,
      status,
      start_time,
      params: [],
      tags: [],
      metrics: [],
    };
    columns.forEach(({ kind, key }, place) => {
      const value = cells[place] ?? null;
      if (value === null) return;
      if (kind === "metrics") run.metrics.push({ key, last: value });
      else run[kind].push({ key, value: String(value) });
    });
    return run;
  });
}
