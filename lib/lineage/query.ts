import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { registryKey } from "@/lib/registry/query";

const schemas = () => import("./schema");

export const lineageQuery = ({ model, version }: VersionAddress) =>
  queryOptions({
    queryKey: [...registryKey(model), "lineage", version],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).Lineage,
        apiUrl(["models", model, "versions", version, "lineage"]),
        { signal },
      ),
    refetchInterval: liveReport.refetchInterval,
    staleTime: liveReport.staleTime,
  });
