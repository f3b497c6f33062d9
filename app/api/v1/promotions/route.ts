import { keeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { authorizeModel } from "@/lib/http/principal";
import { askPromotion } from "@/lib/promotions/ask";
import { listPromotions, PromotionQuery } from "@/lib/promotions/report";
import { Promotion, PromotionAsk, PromotionList } from "@/lib/promotions/schema";
import { whoIs } from "@/lib/promotions/who";

const path = "/api/v1/promotions";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "Requests for promotion: the open ones first, then the latest decided",
    query: PromotionQuery,
    reply: PromotionList,
  },
  ({ runtime, query }) => listPromotions(runtime.db, query),
);

const ASKS = { scope: "ingest", model: "body" } as const;

export const POST = handle(
  {
    method: "POST",
    path,
    ...ASKS,
    summary: "Ask for a version to be promoted to a stage or an alias",
    description:
      "Gates are judged and frozen into the request with the evidence, the champion and the policy that they rest on. 409 where the same is asked for already; its address is in the details.",
    body: PromotionAsk,
    reply: Promotion,
  },
  ({ runtime, body, principal }) => {
    authorizeModel(principal, ASKS, body.model);
    return askPromotion({ db: runtime.db, keeper: keeperOf(runtime) }, body, whoIs(principal));
  },
);
