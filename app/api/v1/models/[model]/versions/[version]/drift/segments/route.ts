import { z } from "zod";
import { reportCarriers } from "@/lib/drift/report-carriers";
import { DriftCarriers } from "@/lib/drift/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/drift/segments",
    scope: "read",
    summary: "Which part of the traffic carries a feature's drift",
    description:
      "For each segment key (each categorical feature, where rows are logged without) what each of its values adds to the feature's distance: its traffic share times how far its rows moved where the whole has moved most. The parts add up to the distance. Read row by row, of at most 2,000,000 rows. Window and reference as in /drift.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      feature: z.string().min(1).max(200),
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      reference: z.string().max(200).optional(),
    }),
    reply: DriftCarriers,
  },
  ({ runtime, params, query, signal }) => reportCarriers(runtime.db, { ...params, ...query }, { signal }),
);
