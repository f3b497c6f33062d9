import { queryOptions } from "@tanstack/react-query";
import { putFile, type UploadWatch } from "@/lib/http/put-file";
import { apiUrl, request } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Window } from "@/lib/wire";

const schemas = () => import("./schema");

const CONTENT_TYPES: Record<string, string> = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};

/** For a file input. */
export const BASELINE_EXTENSIONS = Object.keys(CONTENT_TYPES)
  .map((extension) => `.${extension}`)
  .join(",");

/** What to announce a file as, by its name; null for a kind that no baseline can be read from. */
export const baselineContentType = (fileName: string): string | null =>
  CONTENT_TYPES[fileName.split(".").at(-1)?.toLowerCase() ?? ""] ?? null;

const WHILE_REBUILDING_MS = 3_000;

/** The baseline with its columns, and how far its bins reach back; asked often while that still changes. */
export const baselineQuery = (address: VersionAddress) =>
  queryOptions({
    queryKey: [...versionKey(address), "baseline"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).BaselineReply, baselineUrl(address), { signal }),
    staleTime: 30_000,
    refetchInterval: ({ state }) =>
      state.status === "error" || state.data?.rebuild_before ? WHILE_REBUILDING_MS : false,
  });

/** Freezes a window of logged predictions as the baseline. */
export const freezeBaseline = (address: VersionAddress, window: Window, signal?: AbortSignal) =>
  request(async () => (await schemas()).BaselineReceipt, baselineUrl(address), {
    method: "PUT",
    json: window,
    signal,
  });

/** Uploads a file as the baseline; what follows at 1 is the server reading and binning. */
export const uploadBaseline = (address: VersionAddress, file: File, watch: UploadWatch) =>
  putFile(
    async () => (await schemas()).BaselineReceipt,
    baselineUrl(address, { file_name: file.name.slice(-200) }),
    { file, contentType: baselineContentType(file.name) ?? "application/octet-stream" },
    watch,
  );

const baselineUrl = ({ model, version }: VersionAddress, params: { file_name?: string } = {}) =>
  apiUrl(["models", model, "versions", version, "baseline"], params);
