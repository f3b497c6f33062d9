import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { SegmentList } from "@/lib/predictions/schema";
import { reportSegments } from "@/lib/predictions/segments";
import { ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/segments",
    scope: "read",
    summary: "What reports can be cut by, and how many rows each value has",
    description:
      "Segment keys, categorical features and the predicted class; the 100 most frequent values of each.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({ from: Timestamp.optional(), to: Timestamp.optional() }),
    reply: SegmentList,
  },
  ({ runtime, params, query }) => reportSegments(runtime.db, { ...params, ...query }),
);
