import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportPerformance } from "@/lib/performance/report";
import { PerformanceReport } from "@/lib/performance/schema";
import { Bucket, ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/performance",
    scope: "read",
    summary: "Performance of a version over a window, and concept drift",
    description:
      "Metrics of the labelled predictions: accuracy, precision, recall, f1, auc, log_loss, brier for two classes; accuracy and macro averages for more; rmse, mae, r2 for regression. Without from and to, the newest four weeks with data. Buckets that still wait for labels have ripe = false.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      bucket: Bucket.optional(),
      /** "carrier:AA": raw rows of one value are read. */
      segment: z.string().max(800).optional(),
    }),
    reply: PerformanceReport,
  },
  ({ runtime, params, query }) => reportPerformance(runtime.db, { ...params, ...query }),
);
