import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Bucket } from "@/lib/wire";

const schemas = () => import("./schema");

export type QualityParams = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  bucket?: Bucket | null | undefined;
};

export const qualityQuery = (address: VersionAddress, params: QualityParams = {}) =>
  queryOptions({
    queryKey: [...versionKey(address), "quality", params],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).QualityReport,
        apiUrl(["models", address.model, "versions", address.version, "quality"], params),
        { signal },
      ),
    ...liveReport,
  });
