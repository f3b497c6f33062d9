import { z } from "zod";
import { clientKeeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { previewRunFile } from "@/lib/run-files/preview";
import { RunFilePreview } from "@/lib/run-files/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/runs/{run}/files/preview",
    scope: "read",
    summary: "What can be shown of an artifact: text, a table, or that it is a picture",
    params: z.object({ run: z.string() }),
    query: z.object({ path: z.string() }),
    reply: RunFilePreview,
  },
  ({ runtime, params, query }) =>
    previewRunFile(
      { db: runtime.db, keeper: clientKeeperOf(runtime) },
      { runId: params.run, path: query.path },
    ),
);
