import { queryOptions } from "@tanstack/react-query";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import { recovering } from "@/lib/http/refresh";
import { ApiError, apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { registryKey } from "@/lib/registry/query";
import type { EvaluationSave } from "./schema";

const schemas = () => import("./schema");

const segments = ({ model, version }: VersionAddress, ...rest: string[]) => [
  "models",
  model,
  "versions",
  version,
  ...rest,
];
const evaluationsKey = ({ model, version }: VersionAddress) =>
  [...registryKey(model), "evaluations", version] as const;

/** The server may be repeating one: asked for again soon. */
const SOON_MS = 2_000;

export const evaluationsQuery = (address: VersionAddress) =>
  queryOptions({
    queryKey: [...evaluationsKey(address)],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).EvaluationsReply, apiUrl(segments(address, "evaluations")), {
        signal,
      }),
    staleTime: 10_000,
    ...recovering,
    refetchInterval: ({ state }) =>
      state.data?.evaluations.some(({ repeat }) => repeat !== null) ? SOON_MS : false,
  });

export const evaluationQuery = (address: VersionAddress, id: string) =>
  queryOptions({
    queryKey: [...evaluationsKey(address), id],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).Evaluation, apiUrl(segments(address, "evaluations", id)), {
        signal,
      }),
    staleTime: 10_000,
    ...recovering,
    refetchInterval: ({ state }) => (state.data && state.data.repeat !== null ? SOON_MS : false),
  });

export const modelFilesQuery = (address: VersionAddress) =>
  queryOptions({
    queryKey: [...registryKey(address.model), "model-files", address.version],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).ModelFilesReply, apiUrl(segments(address, "model-files")), {
        signal,
      }),
    staleTime: 60_000,
    ...recovering,
  });

export const modelFileUrl = (address: VersionAddress, path: string) =>
  apiUrl(segments(address, "model-files", "content"), { path });

/** A file of the model as it was evaluated. */
export const evaluatedFileUrl = (address: VersionAddress, id: string, sha256: string) =>
  apiUrl(segments(address, "evaluations", id, "files", sha256));

export const outcomeUrl = (address: VersionAddress, id: string) =>
  apiUrl(segments(address, "evaluations", id, "outcome"));

export const keepMapping = (address: VersionAddress, mapping: InputMapping) =>
  request(async () => (await schemas()).MappingReply, apiUrl(segments(address, "input-mapping")), {
    method: "PUT",
    json: mapping,
  });

export const saveEvaluation = (address: VersionAddress, save: EvaluationSave) =>
  request(async () => (await schemas()).Evaluation, apiUrl(segments(address, "evaluations")), {
    method: "POST",
    json: save,
  });

export const requestRepeat = (address: VersionAddress, id: string, method: "POST" | "DELETE") =>
  request(async () => (await schemas()).Evaluation, apiUrl(segments(address, "evaluations", id, "repeat")), {
    method,
  });

/** Sends a file that an evaluation will name, by its hash. */
export async function sendFile(
  address: VersionAddress,
  sha256: string,
  bytes: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<void> {
  const reply = await fetch(apiUrl(segments(address, "evaluations", "files", sha256)), {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: bytes,
    signal: signal ?? null,
  });
  if (reply.ok) return;
  const { error } = (await reply.json().catch(() => ({}))) as {
    error?: { code: string; message: string };
  };
  throw new ApiError(error?.message ?? `The server answered ${reply.status} without saying why.`, {
    code: error?.code ?? "internal",
    status: reply.status,
  });
}
