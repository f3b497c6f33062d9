import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { RunInfo } from "@/lib/runs/schema";
import { type PreparedRunSearch, prepareRunSearch, searchRunInfos } from "@/lib/runs/search-runs";
import { chooseColumns, figureOf, parseColumn } from "./columns";
import { describeExperiment, momentOrNull } from "./list";
import { listNames } from "./names";
import type { RunCell, RunColumn, RunPage, RunRow } from "./schema";
import { type Cells, countRuns, PARENT_TAG, selectCells } from "./store";

export const LARGEST_PAGE = 200;

/** Which runs, in which order, with what of them. */
export const RunsQuery = z.object({
  filter: z.string().max(20_000).optional(),
  /** A column, or attributes.start_time, .end_time, .run_name, .user_id, .status. */
  sort: z.string().max(300).default("attributes.start_time"),
  order: z.enum(["asc", "desc"]).default("desc"),
  column: z.union([z.string().max(300), z.array(z.string().max(300))]).optional(),
  /** Only runs without a parent (`none`), or only the children of a run; left out: all. */
  parent: z.string().max(100).optional(),
  view: z.enum(["active", "deleted"]).default("active"),
});
export type RunsQuery = z.output<typeof RunsQuery>;

export type BrowseRequest = RunsQuery & { experimentId: string; limit: number; cursor?: string | undefined };

/**
 * A page of an experiment's runs with the columns that were asked for.
 * @throws TidemarkError `not_found`; `bad_request` for a filter, order or column that means nothing, with the place in
 * the filter in its details
 */
export async function browseRuns(
  db: Database,
  { limit, cursor, ...request }: BrowseRequest,
): Promise<RunPage> {
  const { search, columns } = await prepareBrowse(db, request);
  const [{ rows, next_page_token }, total] = await Promise.all([
    searchRunInfos(db, search, { maxResults: limit, pageToken: cursor }),
    cursor ? null : countRuns(db, search.from, search.condition),
  ]);
  return {
    columns,
    runs: await fillRows(db, request.experimentId, rows, columns),
    next_cursor: next_page_token,
    total,
  };
}

export async function prepareBrowse(
  db: Database,
  { experimentId, filter = "", sort, order, column = [], parent, view }: RunsQuery & { experimentId: string },
): Promise<{ search: PreparedRunSearch; columns: RunColumn[]; name: string }> {
  const sorted = parseSort(sort);
  const found = prepareRunSearch({
    experimentIds: [experimentId],
    filter,
    view: view === "deleted" ? "DELETED_ONLY" : "ACTIVE_ONLY",
    orderBy: [`${sorted.text} ${order.toUpperCase()}`],
    orderValue: sorted.value,
    or: true,
  });
  const [{ name }, names] = await Promise.all([
    describeExperiment(db, experimentId),
    listNames(db, experimentId),
  ]);
  const search = {
    ...found,
    condition: sql`${found.condition} AND ${underParent(parent)}`,
    question: `${found.question} ${parent ?? ""}`,
  };
  return { search, columns: chooseColumns([column].flat(), names), name };
}

/** A child whose parent is gone stands among those that never had one. */
function underParent(parent: string | undefined): SQL {
  if (parent === undefined) return sql`true`;
  const tag = sql`SELECT 1 FROM run_tag p`;
  const named = sql`p.run_id = r.run_id AND p.key = ${PARENT_TAG}::text`;
  if (parent !== "none") {
    return sql`EXISTS (${tag} WHERE ${named} AND left(p.value, 64) = ${parent}::text)`;
  }
  return sql`NOT EXISTS (${tag} JOIN run q ON q.run_id = p.value AND q.lifecycle_stage = 'active' WHERE ${named})`;
}

function parseSort(sort: string): { text: string; value: "value" | "min" | "max" } {
  if (/^attributes\.[a-z_]+$/.test(sort)) return { text: sort, value: "value" };
  const column = parseColumn(sort);
  if (!column || column.key.endsWith("*")) {
    throw new TidemarkError(
      "bad_request",
      `${JSON.stringify(sort.slice(0, 100))} is nothing to sort by: write metrics.acc@max, params.lr, tags.team or attributes.start_time`,
    );
  }
  const figure = column.kind === "metrics" ? figureOf(column) : "last";
  return { text: `${column.kind}.\`${column.key}\``, value: figure === "last" ? "value" : figure };
}

export async function fillRows(
  db: Database,
  experimentId: string,
  infos: readonly RunInfo[],
  columns: readonly RunColumn[],
): Promise<RunRow[]> {
  if (infos.length === 0) return [];
  const names = { metrics: [] as string[], params: [] as string[], tags: [] as string[] };
  for (const { kind, key } of columns) names[kind].push(key);
  const cells = await selectCells(db, {
    experiment: Number(experimentId),
    runIds: infos.map(({ run_id }) => run_id),
    names,
  });
  return infos.map((info) => {
    const has = cells.get(info.run_id)!;
    return {
      run_id: info.run_id,
      run_name: info.run_name,
      status: info.status,
      user_id: info.user_id,
      start_time: momentOrNull(info.start_time),
      end_time: momentOrNull(info.end_time),
      parent_run_id: has.parent,
      children: has.children,
      cells: columns.map((column) => cellOf(has, column)),
    };
  });
}

function cellOf(has: Cells, column: RunColumn): RunCell {
  if (column.kind !== "metrics") return has[column.kind].get(column.key) ?? null;
  const value = has.metrics.get(column.key)?.[figureOf(column)];
  if (value === undefined || value === null) return null;
  return Number.isFinite(value) ? value : String(value);
}
