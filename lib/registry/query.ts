import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { liveReport, recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import type { ModelWordsChange, RollbackRequest, VersionChange } from "./wire";

const schemas = () => import("./wire");

/** Every key of a model's registry starts with this, so that a change can renew all of it. */
export const registryKey = (model: string) => ["registry", model] as const;

export const versionsQuery = (model: string) =>
  queryOptions({
    queryKey: [...registryKey(model), "versions"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).VersionList, apiUrl(["models", model, "versions"]), { signal }),
    refetchInterval: liveReport.refetchInterval,
    staleTime: liveReport.staleTime,
  });

/** The latest first; pages follow each other by cursor. */
export const historyQuery = (model: string) =>
  infiniteQueryOptions({
    queryKey: [...registryKey(model), "history"],
    queryFn: ({ signal, pageParam }) =>
      request(
        async () => (await schemas()).HistoryPage,
        apiUrl(["models", model, "history"], { cursor: pageParam }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 5_000,
    ...recovering,
  });

export const changeVersion = ({ model, version }: VersionAddress, change: VersionChange) =>
  request(async () => (await schemas()).VersionRecord, apiUrl(["models", model, "versions", version]), {
    method: "PATCH",
    json: change,
  });

export const changeModel = (model: string, change: ModelWordsChange) =>
  request(async () => (await schemas()).VersionList, apiUrl(["models", model]), {
    method: "PATCH",
    json: change,
  });

export const rollBack = (model: string, body: RollbackRequest) =>
  request(async () => (await schemas()).VersionRecord, apiUrl(["models", model, "rollback"]), {
    method: "POST",
    json: body,
  });
