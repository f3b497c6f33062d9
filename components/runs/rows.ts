import type { RunCell, RunColumn, RunGroup, RunPage, RunRow } from "@/lib/experiments/schema";

/** A line of the runs table. Keys are unique, also where a run stands twice. */
export type TableRow =
  | {
      type: "run";
      key: string;
      run: RunRow;
      depth: number;
      open: boolean | null;
      cells: ReadonlyMap<string, RunCell>;
    }
  | { type: "group"; key: string; group: RunGroup; open: boolean; means: ReadonlyMap<string, RunCell> }
  | { type: "waiting"; key: string; depth: number }
  | { type: "rest"; key: string; depth: number; count: number };

/** A run or group that was opened: what was found in it; undefined while it loads. */
export type Inside = ReadonlyMap<string, RunPage | undefined>;

export const runKey = (run: string) => `run ${run}`;
export const groupKey = (value: string | null) => `group ${JSON.stringify(value)}`;

/** The lines of the table from top to bottom: runs, the children of those that are open under them. */
export function layOutRuns(pages: readonly RunPage[], inside: Inside): TableRow[] {
  return pages.flatMap((page) => runLines(page, inside, 0, new Set()));
}

/** Groups, and in the open ones their runs. */
export function layOutGroups(
  columns: readonly RunColumn[],
  groups: readonly RunGroup[],
  inside: Inside,
): TableRow[] {
  return groups.flatMap((group) => {
    const key = groupKey(group.value);
    const open = inside.has(key);
    const means = new Map(columns.map(({ id }, place) => [id, group.means[place] ?? null]));
    const line: TableRow = { type: "group", key, group, open, means };
    if (!open) return [line];
    return [line, ...contents(key, inside, 1, new Set(), group.runs)];
  });
}

function runLines(page: RunPage, inside: Inside, depth: number, above: ReadonlySet<string>): TableRow[] {
  return page.runs.flatMap((run) => {
    const key = runKey(run.run_id);
    const parent = run.children > 0 && !above.has(run.run_id);
    const open = parent ? inside.has(key) : null;
    const cells = new Map(page.columns.map(({ id }, place) => [id, run.cells[place] ?? null]));
    const line: TableRow = { type: "run", key: [...above, run.run_id].join("/"), run, depth, open, cells };
    if (!open) return [line];
    return [line, ...contents(key, inside, depth + 1, new Set([...above, run.run_id]), run.children)];
  });
}

function contents(
  key: string,
  inside: Inside,
  depth: number,
  above: ReadonlySet<string>,
  count: number,
): TableRow[] {
  const page = inside.get(key);
  if (!page) return [{ type: "waiting", key: `${key} waiting`, depth }];
  const lines = runLines(page, inside, depth, above);
  const left = (page.total ?? count) - page.runs.length;
  return left > 0 ? [...lines, { type: "rest", key: `${key} rest`, depth, count: left }] : lines;
}

/** The columns in which the runs are not all alike; all of them where there is nothing to compare. */
export function differingColumns(columns: readonly RunColumn[], rows: readonly TableRow[]): RunColumn[] {
  const cells = rows.flatMap((row) => (row.type === "run" ? [row.cells] : []));
  if (cells.length < 2) return [...columns];
  return columns.filter(({ id }) => {
    const first = cells[0]!.get(id) ?? null;
    return cells.some((each) => (each.get(id) ?? null) !== first);
  });
}

const LOOKED_AT = 100;

/** Params that read as numbers, which stand aligned at the right as metrics do. */
export function numericColumns(columns: readonly RunColumn[], rows: readonly TableRow[]): Set<string> {
  const runs = rows.filter((row) => row.type === "run").slice(0, LOOKED_AT);
  return new Set(
    columns
      .filter(({ id, kind }) => {
        if (kind !== "params") return kind === "metrics";
        const values = runs.map((row) => row.cells.get(id) ?? null).filter((value) => value !== null);
        return values.length > 0 && values.every((value) => value !== "" && Number.isFinite(Number(value)));
      })
      .map(({ id }) => id),
  );
}

/** Pages with the runs that were asked for again, where those have the same columns. */
export function renewRuns(pages: readonly RunPage[], renewed: RunPage | undefined): readonly RunPage[] {
  const ids = (page: RunPage | undefined) => page?.columns.map(({ id }) => id).join("\n");
  if (!renewed || ids(renewed) !== ids(pages[0])) return pages;
  const byId = new Map(renewed.runs.map((run) => [run.run_id, run]));
  return pages.map((page) => ({ ...page, runs: page.runs.map((run) => byId.get(run.run_id) ?? run) }));
}
