import { z } from "zod";
import { reportDrift } from "@/lib/drift/report";
import { DriftReport } from "@/lib/drift/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/drift",
    scope: "read",
    summary: "What drifted in a window, feature by feature",
    description:
      'Kolmogorov–Smirnov for numbers, chi-square for categories; drift is significant after Benjamini–Hochberg and of a size that counts. From summaries the true distance lies in [statistic, statistic + error_bound]; exact=true reads every value. Without from and to, the newest seven days with data. reference is "baseline" (the default; "previous" where there is none), "previous" or "{from}/{to}"; segment is "name:value"; reference.segment_applied says whether the reference could be cut by it too.',
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      reference: z.string().max(200).optional(),
      exact: z.stringbool({ truthy: ["true", "1"], falsy: ["false", "0"] }).optional(),
      segment: z.string().max(800).optional(),
    }),
    reply: DriftReport,
  },
  ({ runtime, params, query, signal }) => reportDrift(runtime.db, { ...params, ...query }, { signal }),
);
