import { z } from "zod";
import { clientKeeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { sendRunFile } from "@/lib/run-files/content";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/runs/{run}/files/content",
    scope: "read",
    summary: "The bytes of an artifact: a picture to be shown, anything else as a download",
    params: z.object({ run: z.string() }),
    query: z.object({ path: z.string() }),
    reply: {
      "application/octet-stream": null,
      "image/png": null,
      "image/jpeg": null,
      "image/gif": null,
      "image/webp": null,
    },
  },
  ({ runtime, params, query }) =>
    sendRunFile({ db: runtime.db, keeper: clientKeeperOf(runtime) }, { runId: params.run, path: query.path }),
);
