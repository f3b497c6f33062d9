import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { describePromotion } from "@/lib/promotions/report";
import { Promotion } from "@/lib/promotions/schema";
import { whoIs } from "@/lib/promotions/who";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/promotions/{id}",
    scope: "read",
    summary: "A request for promotion with all that was frozen into it",
    params: z.object({ id: z.string() }),
    reply: Promotion,
  },
  ({ runtime, params, principal }) => describePromotion(runtime.db, params.id, whoIs(principal)),
);
