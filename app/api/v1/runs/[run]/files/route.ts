import { z } from "zod";
import { clientKeeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { listRunFiles } from "@/lib/run-files/list";
import { RunFolder } from "@/lib/run-files/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/runs/{run}/files",
    scope: "read",
    summary: "What a run keeps in a folder of its artifacts",
    params: z.object({ run: z.string() }),
    query: z.object({ path: z.string().default("") }),
    reply: RunFolder,
  },
  ({ runtime, params, query }) =>
    listRunFiles(
      { db: runtime.db, keeper: clientKeeperOf(runtime) },
      { runId: params.run, path: query.path },
    ),
);
