import type { GroupsParams, RunsParams } from "@/lib/experiments/query";
import { isNested, type RunsView } from "./view";

/* What the runs table asks for; server and browser must ask alike, or what one has answered the other asks again. */

/** The whole search, without pages: for the download too. */
export const searchParams = ({ q, sort, order, cols, view }: RunsView): RunsParams => ({
  filter: q || undefined,
  sort,
  order,
  column: cols ?? undefined,
  view: view === "deleted" ? view : undefined,
});

/** A page of the rows that stand at the left edge. */
export const runsParams = (view: RunsView): RunsParams => ({
  ...searchParams(view),
  parent: isNested(view) ? "none" : undefined,
  limit: 50,
});

export const childrenParams = (view: RunsView, parent: string): RunsParams => ({
  ...searchParams(view),
  parent,
  limit: 200,
});

export const groupsParams = ({ q, cols, view, group }: RunsView): GroupsParams => ({
  by: group ?? "",
  filter: q || undefined,
  column: cols ?? undefined,
  view: view === "deleted" ? view : undefined,
});

/** The runs of one group. */
export const membersParams = (view: RunsView, value: string | null): RunsParams => ({
  ...searchParams(view),
  filter: groupFilter(view.q, view.group ?? "", value),
  limit: 200,
});

/** A filter that also wants a param or tag to have a value; null = not to be there. */
export function groupFilter(filter: string, by: string, value: string | null): string {
  const dot = by.indexOf(".");
  const name = `${by.slice(0, dot)}.\`${by.slice(dot + 1)}\``;
  const wanted = value === null ? `${name} IS NULL` : `${name} = '${value.replaceAll("'", "''")}'`;
  return filter === "" ? wanted : `(${filter}) AND ${wanted}`;
}

/** Runs that were still logging when they were read. */
export const againParams = (view: RunsView, runIds: readonly string[]): RunsParams => ({
  column: view.cols ?? undefined,
  filter: `attributes.run_id IN (${runIds.map((id) => `'${id}'`).join(", ")})`,
  limit: 200,
});
