import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { liveReport, recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";

const schemas = () => import("./schema");

export type PredictionsParams = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** "field:op:value", all of them must hold. */
  filter?: readonly string[] | undefined;
  label?: "any" | "labelled" | "unlabelled" | "correct" | "wrong" | "error" | null | undefined;
  order?: "desc" | "asc" | null | undefined;
  limit?: number | undefined;
};

/** The row explorer: pages follow each other by cursor. */
export const predictionsQuery = (address: VersionAddress, params: PredictionsParams = {}) =>
  infiniteQueryOptions({
    queryKey: [...versionKey(address), "predictions", params],
    queryFn: ({ signal, pageParam }) =>
      request(
        async () => (await schemas()).PredictionPage,
        predictionsUrl(address, { ...params, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: liveReport.staleTime,
    placeholderData: liveReport.placeholderData,
    ...recovering,
  });

/** Also the address of a download, with format: "csv". */
export const predictionsUrl = (
  { model, version }: VersionAddress,
  params: PredictionsParams & { cursor?: string | undefined; format?: "csv" | undefined } = {},
) => apiUrl(["models", model, "versions", version, "predictions"], params);

export const segmentsQuery = (
  address: VersionAddress,
  params: { from?: string | null | undefined; to?: string | null | undefined } = {},
) =>
  queryOptions({
    queryKey: [...versionKey(address), "segments", params],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).SegmentList,
        apiUrl(["models", address.model, "versions", address.version, "segments"], params),
        { signal },
      ),
    staleTime: 60_000,
    placeholderData: liveReport.placeholderData,
    ...recovering,
  });
