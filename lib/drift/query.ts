import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Bucket } from "@/lib/wire";

const schemas = () => import("./schema");

export type DriftParams = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** "baseline" (default), "previous", or "{from}/{to}". */
  reference?: string | null | undefined;
  exact?: boolean | null | undefined;
  /** "name:value" */
  segment?: string | null | undefined;
};

export type DriftTimelineParams = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  bucket?: Bucket | null | undefined;
  reference?: string | null | undefined;
  segment?: string | null | undefined;
};

export const driftQuery = (address: VersionAddress, params: DriftParams = {}) =>
  queryOptions({
    queryKey: [...versionKey(address), "drift", params],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).DriftReport, driftUrl(address, params), { signal }),
    ...liveReport,
    // An exact report reads every raw row: on demand, not every ten seconds.
    ...(params.exact ? { refetchInterval: false as const, staleTime: 60_000 } : {}),
  });

export const driftTimelineQuery = (address: VersionAddress, params: DriftTimelineParams = {}) =>
  queryOptions({
    queryKey: [...versionKey(address), "drift-timeline", params],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).DriftTimeline,
        apiUrl(["models", address.model, "versions", address.version, "drift", "timeline"], params),
        { signal },
      ),
    ...liveReport,
  });

export const driftUrl = ({ model, version }: VersionAddress, params: DriftParams = {}) =>
  apiUrl(["models", model, "versions", version, "drift"], { ...params, exact: params.exact || undefined });
