import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { experimentQuery, groupsQuery, namesQuery, runsQuery, someRunsQuery } from "@/lib/experiments/query";
import type { RunPage } from "@/lib/experiments/schema";
import { againParams, childrenParams, groupsParams, membersParams, runsParams } from "./questions";
import { groupKey, layOutGroups, layOutRuns, renewRuns, runKey } from "./rows";
import { isNested, type RunsView } from "./view";

/** A page of the API holds no more. */
const MOST_AGAIN = 100;

/** What stands in the table, and how more of it comes. */
export function useRuns(experiment: string, view: RunsView) {
  const grouped = view.group !== null;
  const nested = isNested(view);
  const summary = useQuery(experimentQuery(experiment));
  const names = useQuery(namesQuery(experiment));
  const pages = useInfiniteQuery({ ...runsQuery(experiment, runsParams(view)), enabled: !grouped });
  const groups = useQuery({ ...groupsQuery(experiment, groupsParams(view)), enabled: grouped });

  // One page is asked for again as a whole; of many only the runs that still log.
  const several = (pages.data?.pages.length ?? 0) > 1;
  const logging = useMemo(
    () =>
      (several ? pages.data!.pages : [])
        .flatMap((page) => page.runs.filter(({ status }) => status === "RUNNING").map(({ run_id }) => run_id))
        .slice(0, MOST_AGAIN),
    [several, pages.data],
  );
  const again = useQuery({
    ...someRunsQuery(experiment, againParams(view, logging)),
    enabled: logging.length > 0,
  });
  const shown = useMemo(() => renewRuns(pages.data?.pages ?? [], again.data), [pages.data, again.data]);

  // What is open: by its key, what to ask for its contents.
  const [open, setOpen] = useState<ReadonlyMap<string, { run: string } | { value: string | null }>>(
    new Map(),
  );
  const asked = [...open].filter(([key]) => key.startsWith("group") === grouped && (grouped || nested));
  const contents = useQueries({
    queries: asked.map(([, of]) =>
      someRunsQuery(experiment, "run" in of ? childrenParams(view, of.run) : membersParams(view, of.value)),
    ),
    combine: (results) => results.map(({ data }) => data),
  });
  const inside = useMemo(
    () => new Map<string, RunPage | undefined>(asked.map(([key], place) => [key, contents[place]])),
    [asked, contents],
  );

  const columns = grouped ? groups.data?.columns : pages.data?.pages[0]?.columns;
  const rows = useMemo(
    () =>
      grouped
        ? layOutGroups(groups.data?.columns ?? [], groups.data?.groups ?? [], inside)
        : layOutRuns(nested ? shown : withoutFolds(shown), inside),
    [grouped, nested, groups.data, shown, inside],
  );
  const toggle = (key: string, of: { run: string } | { value: string | null }) =>
    setOpen((before) => {
      const after = new Map(before);
      if (!after.delete(key)) after.set(key, of);
      return after;
    });

  const total = grouped
    ? (groups.data?.groups.reduce((sum, group) => sum + group.runs, 0) ?? 0)
    : (pages.data?.pages[0]?.total ?? 0);
  return {
    summary,
    names,
    main: grouped ? groups : pages,
    pages,
    columns: columns ?? [],
    rows,
    total,
    truncatedGroups: grouped && groups.data?.truncated === true,
    toggleRun: (run: string) => toggle(runKey(run), { run }),
    toggleGroup: (value: string | null) => toggle(groupKey(value), { value }),
  };
}

/** Where every run stands for itself, none can be opened. */
const withoutFolds = (pages: readonly RunPage[]): RunPage[] =>
  pages.map((page) => ({ ...page, runs: page.runs.map((run) => ({ ...run, children: 0 })) }));
