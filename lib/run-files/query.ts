import { queryOptions } from "@tanstack/react-query";
import { recovering } from "@/lib/http/refresh";
import { apiUrl, request } from "@/lib/http/request";

const schemas = () => import("./schema");

export const runFilesQuery = (run: string, path: string) =>
  queryOptions({
    queryKey: ["runs", run, "files", path],
    queryFn: ({ signal }) =>
      request(async () => (await schemas()).RunFolder, apiUrl(["runs", run, "files"], { path }), { signal }),
    staleTime: 5_000,
    ...recovering,
  });

export const filePreviewQuery = (run: string, path: string) =>
  queryOptions({
    queryKey: ["runs", run, "file", path],
    queryFn: ({ signal }) =>
      request(
        async () => (await schemas()).RunFilePreview,
        apiUrl(["runs", run, "files", "preview"], { path }),
        { signal },
      ),
    staleTime: 5_000,
    ...recovering,
  });

export const fileUrl = (run: string, path: string) => apiUrl(["runs", run, "files", "content"], { path });
