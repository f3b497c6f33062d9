import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { handle, type RouteHandler } from "@/lib/http/handle";
import { type Deed, decidePromotion } from "@/lib/promotions/decide";
import { Promotion, Words } from "@/lib/promotions/schema";
import { authorizePromotion, whoIs } from "@/lib/promotions/who";

/** Who may decide: a person. Who may say something, or take back what they asked for: services as well. */
export const REVIEWERS = { scope: "admin", role: "reviewer", by: "person", model: "body" } as const;
export const ANALYSTS = { scope: "ingest", role: "analyst", model: "body" } as const;

/** A route by which something is done about a promotion, with words. */
export function deedRoute(
  deed: Deed,
  {
    asks,
    summary,
    description,
  }: { asks: typeof REVIEWERS | typeof ANALYSTS; summary: string; description?: string },
): RouteHandler {
  return handle(
    {
      method: "POST",
      path: `/api/v1/promotions/{id}/${deed}`,
      ...asks,
      summary,
      ...(description ? { description } : {}),
      params: z.object({ id: z.string() }),
      body: Words,
      reply: Promotion,
    },
    async ({ runtime, params, body, principal }) => {
      await authorizePromotion(runtime.db, params.id, principal, asks);
      return decidePromotion(
        { db: runtime.db, keeper: keeperOf(runtime) },
        params.id,
        { deed, words: body.words },
        whoIs(principal),
      );
    },
  );
}
