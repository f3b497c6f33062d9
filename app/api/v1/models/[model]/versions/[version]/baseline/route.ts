import { z } from "zod";
import { BASELINE_TYPES, baselineInput } from "@/lib/baselines/input";
import { putBaseline } from "@/lib/baselines/put";
import { reportBaseline } from "@/lib/baselines/report";
import { rebuilderOf } from "@/lib/baselines/runtime";
import { BaselineReceipt, BaselineReply } from "@/lib/baselines/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({ model: ModelName, version: VersionName });

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/baseline",
    scope: "read",
    summary: "What a version's baseline is made of",
    params,
    reply: BaselineReply,
  },
  ({ runtime, params }) => reportBaseline(runtime.db, params),
);

export const PUT = handle(
  {
    method: "PUT",
    path: "/api/v1/models/{model}/versions/{version}/baseline",
    scope: "ingest",
    summary: "Make a file or a logged window the reference of a version",
    description:
      'A CSV with a header, NDJSON (a row a line) or Parquet file whose columns are the features and, if present, prediction, score, label and segment.<name>; or JSON {from, to}, which freezes a window of logged predictions. An unknown model or version is created with the file\'s schema; otherwise rows that break the schema are listed and left out. CSV does not tell numbers from text: "1.0" is the class or category "1", unless the log knows "1.0", or the column holds what is no number ("007", "A"). Rows logged before are counted in the new bins in the background.',
    params,
    query: z.object({ file_name: z.string().max(200).optional() }),
    body: BASELINE_TYPES,
    reply: BaselineReceipt,
  },
  async ({ runtime, params, query, body, principal }) => {
    const input = await baselineInput(body, query.file_name ?? null);
    const { receipt, standing } = await putBaseline(runtime.db, {
      ...params,
      input,
      actor: principal.actor,
    });
    if (standing) rebuilderOf(runtime).add(params);
    return receipt;
  },
);
