import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { NewApiKey } from "./schema";

const schemas = () => import("./schema");

export const keysQuery = () =>
  queryOptions({
    queryKey: ["keys"],
    queryFn: ({ signal }) => request(async () => (await schemas()).ApiKeyList, apiUrl(["keys"]), { signal }),
    staleTime: 10_000,
    ...recovering,
  });

export const createKey = (key: z.infer<typeof NewApiKey>) =>
  request(async () => (await schemas()).CreatedApiKey, apiUrl(["keys"]), { method: "POST", json: key });

export const revokeKey = (id: string) =>
  request(async () => (await schemas()).ApiKey, apiUrl(["keys", id]), { method: "DELETE" });
