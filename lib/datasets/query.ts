import { queryOptions } from "@tanstack/react-query";
import { putFile, type UploadWatch } from "@/lib/http/put-file";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";
import { registryKey } from "@/lib/registry/query";

const schemas = () => import("./schema");

const CONTENT_TYPES: Record<string, string> = {
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
  feather: "application/vnd.apache.arrow.file",
  arrows: "application/vnd.apache.arrow.stream",
};

/** For a file input. */
export const DATASET_EXTENSIONS = Object.keys(CONTENT_TYPES)
  .map((extension) => `.${extension}`)
  .join(",");

/** A model's held-out sets, the latest first. */
export const datasetsQuery = (model: string) =>
  queryOptions({
    queryKey: [...registryKey(model), "datasets"],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).DatasetsReply, apiUrl(["models", model, "datasets"]), { signal }),
    staleTime: 30_000,
    ...recovering,
  });

/** Where the bytes of a registered file are. */
export const datasetContentUrl = (model: string, sha256: string) =>
  apiUrl(["models", model, "datasets", sha256, "content"]);

/** Registers a file under its hash; what follows at 1 is the server reading it. */
export const uploadDataset = (
  { model, sha256 }: { model: string; sha256: string },
  { file, label }: { file: File; label: string | null },
  watch: UploadWatch,
) =>
  putFile(
    async () => (await schemas()).Dataset,
    apiUrl(["models", model, "datasets", sha256], { name: file.name.slice(-200), label }),
    {
      file,
      contentType:
        CONTENT_TYPES[file.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream",
    },
    watch,
  );
