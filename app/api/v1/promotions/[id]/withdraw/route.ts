import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { decidePromotion } from "@/lib/promotions/decide";
import { Promotion, Words } from "@/lib/promotions/schema";
import { authorizePromotion, whoIs } from "@/lib/promotions/who";

const ASKS = { scope: "ingest", role: "analyst", model: "body" } as const;

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/promotions/{id}/withdraw",
    ...ASKS,
    summary: "Withdraw a promotion that was asked for",
    params: z.object({ id: z.string() }),
    body: Words,
    reply: Promotion,
  },
  async ({ runtime, params, body, principal }) => {
    await authorizePromotion(runtime.db, params.id, principal, ASKS);
    return decidePromotion(
      { db: runtime.db, keeper: keeperOf(runtime) },
      params.id,
      { deed: "withdraw", words: body.words },
      whoIs(principal),
    );
  },
);
