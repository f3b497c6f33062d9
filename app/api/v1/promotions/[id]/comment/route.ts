import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { decidePromotion } from "@/lib/promotions/decide";
import { Promotion, Words } from "@/lib/promotions/schema";
import { whoIs } from "@/lib/promotions/who";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/promotions/{id}/comment",
    scope: "ingest",
    role: "analyst",
    summary: "Comment on a promotion",
    params: z.object({ id: z.string() }),
    body: Words,
    reply: Promotion,
  },
  ({ runtime, params, body, principal }) =>
    decidePromotion(
      { db: runtime.db, keeper: keeperOf(runtime) },
      params.id,
      { deed: "comment", words: body.words },
      whoIs(principal),
    ),
);
