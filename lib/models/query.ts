import { queryOptions } from "@tanstack/react-query";
import { liveList, liveReport, recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "./address";
import type { VersionSchemaPatch } from "./schema";

const schemas = () => import("./schema");

/** Every key of a version starts with this, so that a change of its settings can renew all of it. */
export const versionKey = ({ model, version }: VersionAddress) => ["versions", model, version] as const;

export const modelsQuery = () =>
  queryOptions({
    queryKey: ["models"],
    queryFn: ({ signal }) => request(async () => (await schemas()).ModelList, apiUrl(["models"]), { signal }),
    ...liveList,
  });

export const modelQuery = (model: string) =>
  queryOptions({
    queryKey: ["models", model],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).ModelSummary, apiUrl(["models", model]), { signal }),
    refetchInterval: liveReport.refetchInterval,
    staleTime: liveReport.staleTime,
  });

export const schemaQuery = (address: VersionAddress) =>
  queryOptions({
    queryKey: [...versionKey(address), "schema"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).VersionSchema, schemaUrl(address), { signal }),
    staleTime: 30_000,
    ...recovering,
  });

/** Corrects a version's schema or thresholds; replies with the schema as it is afterwards. */
export const patchSchema = (address: VersionAddress, patch: VersionSchemaPatch) =>
  request(async () => (await schemas()).VersionSchema, schemaUrl(address), { method: "PATCH", json: patch });

const schemaUrl = ({ model, version }: VersionAddress) =>
  apiUrl(["models", model, "versions", version, "schema"]);
