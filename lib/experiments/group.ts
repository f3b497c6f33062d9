import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { prepareBrowse, RunsQuery } from "./browse";
import { figureOf, parseColumn } from "./columns";
import type { RunGroups } from "./schema";
import { selectGroups } from "./store";

const MOST_GROUPS = 500;
/** The mean of each is taken over every run that matches. */
const MOST_MEANS = 40;

export const GroupsQuery = RunsQuery.pick({ filter: true, column: true, view: true }).extend({
  /** `params.lr` or `tags.team`. */
  by: z.string().max(300),
});
export type GroupsQuery = z.output<typeof GroupsQuery>;

/** The runs of an experiment by the values of a param or tag, the largest group first. */
export async function groupRuns(
  db: Database,
  { by, ...query }: GroupsQuery & { experimentId: string },
): Promise<RunGroups> {
  const name = parseColumn(by);
  if (!name || name.kind === "metrics" || name.key.endsWith("*")) {
    throw new TidemarkError(
      "bad_request",
      `runs are grouped by a param or a tag: write by=params.lr or by=tags.team`,
    );
  }
  const { search, columns } = await prepareBrowse(db, {
    ...query,
    sort: "attributes.start_time",
    order: "desc",
  });
  const meant = columns.filter(({ kind }) => kind === "metrics").slice(0, MOST_MEANS);
  const found = await selectGroups(db, {
    condition: search.condition,
    by: { kind: name.kind, key: name.key },
    metrics: meant.map(({ key }) => key),
    limit: MOST_GROUPS + 1,
  });
  return {
    columns,
    groups: found.slice(0, MOST_GROUPS).map(({ value, runs, means }) => {
      const figures = new Map(means.map(([key, last, min, max]) => [key, { last, min, max }]));
      return {
        value,
        runs,
        means: columns.map((column) =>
          column.kind === "metrics" ? (figures.get(column.key)?.[figureOf(column)] ?? null) : null,
        ),
      };
    }),
    truncated: found.length > MOST_GROUPS,
  };
}
