import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Bucket } from "@/lib/wire";

const schemas = () => import("./schema");

export type PerformanceParams = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  bucket?: Bucket | null | undefined;
  segment?: string | null | undefined;
};

export const performanceQuery = (address: VersionAddress, params: PerformanceParams = {}) =>
  queryOptions({
    queryKey: [...versionKey(address), "performance", params],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).PerformanceReport, performanceUrl(address, params), { signal }),
    ...liveReport,
  });

export const performanceUrl = ({ model, version }: VersionAddress, params: PerformanceParams = {}) =>
  apiUrl(["models", model, "versions", version, "performance"], params);
