import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { liveList, recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";

const schemas = () => import("./run-schema");

export const runQuery = (run: string) =>
  queryOptions({
    queryKey: ["runs", run],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).RunDetail, apiUrl(["runs", run]), { signal }),
    ...liveList,
  });

export const runsDetailQuery = (runs: readonly string[]) =>
  queryOptions({
    queryKey: ["runs", "several", runs],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).RunDetails, apiUrl(["runs"], { run: runs }), { signal }),
    placeholderData: keepPreviousData,
    ...liveList,
  });

export type CurvesParams = {
  run?: readonly string[] | undefined;
  /** In place of runs: what a search finds in an experiment. */
  experiment?: string | undefined;
  filter?: string | undefined;
  parent?: string | undefined;
  metric: string;
  points?: number | undefined;
  smoothing?: number | undefined;
};

/** @param live asked for again every few seconds, as long as a run logs */
export const curvesQuery = (params: CurvesParams, live: boolean) =>
  queryOptions({
    queryKey: ["curves", params],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).Curves, apiUrl(["curves"], params), { signal }),
    placeholderData: (before) => (before?.metric === params.metric ? before : undefined),
    staleTime: 5_000,
    ...(live ? { refetchInterval: liveList.refetchInterval } : recovering),
  });
