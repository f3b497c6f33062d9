import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import { ApiKey, ApiKeyList, CreatedApiKey, type NewApiKey } from "./schema";

export const keysQuery = () =>
  queryOptions({
    queryKey: ["keys"],
    queryFn: ({ signal }) => request(ApiKeyList, apiUrl(["keys"]), { signal }),
    staleTime: 10_000,
    ...recovering,
  });

export const createKey = (key: z.infer<typeof NewApiKey>) =>
  request(CreatedApiKey, apiUrl(["keys"]), { method: "POST", json: key });

export const revokeKey = (id: string) => request(ApiKey, apiUrl(["keys", id]), { method: "DELETE" });
