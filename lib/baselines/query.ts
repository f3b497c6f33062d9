import { queryOptions } from "@tanstack/react-query";
import { apiUrl, loadSchema, readReply, request, unreachable } from "@/lib/http/request";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Window } from "@/lib/wire";
import type { BaselineReceipt } from "./schema";

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

/**
 * Uploads a file as the baseline. `onProgress` hears the share sent, 0 to 1; what follows at 1 is the server
 * reading and binning. XMLHttpRequest, since fetch does not tell how much of a body has gone out.
 */
export function uploadBaseline(
  address: VersionAddress,
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<BaselineReceipt> {
  const receipt = loadSchema(async () => (await schemas()).BaselineReceipt);
  return new Promise((resolve, reject) => {
    const upload = new XMLHttpRequest();
    upload.open("PUT", baselineUrl(address, { file_name: file.name.slice(-200) }));
    upload.setRequestHeader("content-type", baselineContentType(file.name) ?? "application/octet-stream");
    upload.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    upload.upload.onload = () => onProgress(1);
    upload.onload = () =>
      receipt
        .then((schema) =>
          readReply(schema, upload.status, upload.getResponseHeader("retry-after"), upload.responseText),
        )
        .then(resolve, reject);
    receipt.catch(reject);
    upload.onerror = () => reject(unreachable(undefined));
    upload.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    signal.addEventListener("abort", () => upload.abort(), { once: true });
    upload.send(file);
  });
}

const baselineUrl = ({ model, version }: VersionAddress, params: { file_name?: string } = {}) =>
  apiUrl(["models", model, "versions", version, "baseline"], params);
