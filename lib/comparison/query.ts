import { queryOptions } from "@tanstack/react-query";
import { liveReport } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import { registryKey } from "@/lib/registry/query";

const schemas = () => import("./schema");

export const comparisonQuery = (model: string, versions: readonly string[]) =>
  queryOptions({
    queryKey: [...registryKey(model), "comparison", versions],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).Comparison,
        apiUrl(["models", model, "compare"], { version: versions }),
        { signal },
      ),
    ...liveReport,
  });
