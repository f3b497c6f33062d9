import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { liveList, recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { ExperimentSort } from "./order";

const schemas = () => import("./schema");

export type ExperimentsParams = { q?: string; sort?: ExperimentSort; order?: "asc" | "desc" };

/** Experiments by the page; kept while another search loads. */
export const experimentsQuery = (params: ExperimentsParams) =>
  infiniteQueryOptions({
    queryKey: ["experiments", "list", params],
    queryFn: ({ signal, pageParam }) =>
      request(
        async () => (await schemas()).ExperimentPage,
        apiUrl(["experiments"], { ...params, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    ...liveList,
  });

export const experimentQuery = (experiment: string) =>
  queryOptions({
    queryKey: ["experiments", experiment],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).ExperimentSummary, apiUrl(["experiments", experiment]), {
        signal,
      }),
    ...liveList,
  });

export const namesQuery = (experiment: string) =>
  queryOptions({
    queryKey: ["experiments", experiment, "names"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).ColumnNames, apiUrl(["experiments", experiment, "names"]), {
        signal,
      }),
    staleTime: 15_000,
    ...recovering,
  });

export type RunsParams = {
  filter?: string | undefined;
  sort?: string | undefined;
  order?: "asc" | "desc" | undefined;
  column?: readonly string[] | undefined;
  parent?: string | undefined;
  view?: "active" | "deleted" | undefined;
  limit?: number | undefined;
};

export const runsUrl = (experiment: string, params: RunsParams & { cursor?: string; format?: "csv" }) =>
  apiUrl(["experiments", experiment, "runs"], params);

/** How many pages are asked for again every few seconds; beyond, what is new waits behind a button. */
const LIVE_PAGES = 1;

export const runsQuery = (experiment: string, params: RunsParams) =>
  infiniteQueryOptions({
    queryKey: ["experiments", experiment, "runs", params],
    queryFn: ({ signal, pageParam }) =>
      request(
        async () => (await schemas()).RunPage,
        runsUrl(experiment, { ...params, ...(pageParam ? { cursor: pageParam } : {}) }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: liveList.staleTime,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= LIVE_PAGES && !refusedForGood(state.error)
        ? liveList.refetchInterval
        : false,
  });

/** Runs that stand under a parent, in a group, or are looked at again because they still log. */
export const someRunsQuery = (experiment: string, params: RunsParams) =>
  queryOptions({
    queryKey: ["experiments", experiment, "some runs", params],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).RunPage, runsUrl(experiment, params), { signal }),
    ...liveList,
  });

export type GroupsParams = Pick<RunsParams, "filter" | "column" | "view"> & { by: string };

export const groupsQuery = (experiment: string, params: GroupsParams) =>
  queryOptions({
    queryKey: ["experiments", experiment, "groups", params],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).RunGroups,
        apiUrl(["experiments", experiment, "groups"], params),
        { signal },
      ),
    placeholderData: keepPreviousData,
    ...liveList,
  });

/** A filter that cannot be read stays so. */
const refusedForGood = (error: unknown) => (error as { status?: number } | null)?.status === 400;
