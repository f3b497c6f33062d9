import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { MOST_SEARCHED } from "@/lib/experiments/address";
import { isSystemMetric } from "@/lib/experiments/columns";
import { comparedRuns } from "@/lib/experiments/compared";
import { namesQuery, runsQuery } from "@/lib/experiments/query";
import type { ColumnNames } from "@/lib/experiments/schema";
import type { CompareView } from "./view";

/** Metrics that are read of each run; those that the view mentions besides. */
const MOST_METRICS = 60;
const PAGE = 200;

type SetView = Pick<CompareView, "q" | "parent" | "metrics" | "px" | "py" | "pz" | "target" | "axes">;

const ownMetrics = (names: ColumnNames) => names.metrics.filter((key) => !isSystemMetric(key));

/** What is asked of each run of a search: of very many metrics the first, and whatever the view draws. */
function columnsOf(names: ColumnNames, view: SetView): string[] {
  const own = ownMetrics(names);
  if (own.length <= MOST_METRICS) return ["params.*", "tags.*", "metrics.*"];
  const { metrics, px, py, pz, target, axes } = view;
  const mentioned = [px, py, pz, target, ...(axes ?? []), ...(metrics ?? []).map((key) => `metrics.${key}`)];
  const first = own.slice(0, MOST_METRICS).map((key) => `metrics.${key}`);
  return [
    ...new Set(["params.*", "tags.*", ...first, ...mentioned.filter((id) => id?.startsWith("metrics."))]),
  ].filter((id) => id !== null);
}

/** The runs that a search finds in an experiment, page after page, up to 1,000. */
export function useRunSet(experiment: string | null, view: SetView) {
  const names = useQuery({ ...namesQuery(experiment ?? ""), enabled: experiment !== null });
  const columns = useMemo(() => (names.data ? columnsOf(names.data, view) : []), [names.data, view]);
  const pages = useInfiniteQuery({
    ...runsQuery(experiment ?? "", {
      filter: view.q || undefined,
      parent: view.parent ?? undefined,
      column: columns,
      limit: PAGE,
    }),
    placeholderData: keepPreviousData,
    enabled: experiment !== null && names.data !== undefined,
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, data } = pages;
  const loaded = data?.pages.reduce((sum, page) => sum + page.runs.length, 0) ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && loaded < MOST_SEARCHED) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, loaded, fetchNextPage]);
  const total = data?.pages[0]?.total ?? 0;
  const wanted = Math.min(total, MOST_SEARCHED);
  // Drawn when all are there: what grows under the eye is compared with nothing.
  const runs = useMemo(
    () =>
      data && loaded >= wanted
        ? data.pages.flatMap((page) => comparedRuns(page)).slice(0, MOST_SEARCHED)
        : undefined,
    [data, loaded, wanted],
  );
  return {
    runs,
    total,
    loaded,
    wanted,
    hiddenMetrics: names.data ? Math.max(0, ownMetrics(names.data).length - MOST_METRICS) : 0,
    error: names.error ?? pages.error,
    refetch: () => (names.error ? names.refetch() : pages.refetch()),
  };
}
