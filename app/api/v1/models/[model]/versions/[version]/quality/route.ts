import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportQuality } from "@/lib/quality/report";
import { QualityReport } from "@/lib/quality/schema";
import { Bucket, ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/quality",
    scope: "read",
    summary: "Data quality of a version over a window",
    description:
      "Per feature and segment key: missing values now and in the baseline, values out of range, categories; per bucket: volume, failed predictions, latency. Without from and to, the newest four weeks with data.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      bucket: Bucket.optional(),
    }),
    reply: QualityReport,
  },
  ({ runtime, params, query }) => reportQuality(runtime.db, { ...params, ...query }),
);
