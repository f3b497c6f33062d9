import { z } from "zod";
import { DriftTimeline } from "@/lib/drift/schema";
import { reportTimeline } from "@/lib/drift/timeline";
import { handle } from "@/lib/http/handle";
import { Bucket, ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/drift/timeline",
    scope: "read",
    summary: "Each feature's distance from the reference, bucket by bucket",
    description:
      "null = nothing measured. Without from and to, the newest thirty days with data; without bucket, one that suits the window. At most 1,000 buckets.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      bucket: Bucket.optional(),
      reference: z.string().max(200).optional(),
      segment: z.string().max(800).optional(),
    }),
    reply: DriftTimeline,
  },
  ({ runtime, params, query, signal }) => reportTimeline(runtime.db, { ...params, ...query }, { signal }),
);
