import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { MOST_LISTED, promotionsQuery } from "@/lib/promotions/query";
import { listPromotions, PromotionQuery } from "@/lib/promotions/report";
import { PromotionList } from "@/lib/promotions/schema";
import { Prefetched } from "../prefetched";
import { PromotionsView } from "./promotions-view";
import { promotionsSearchParams } from "./search-params";

export const metadata: Metadata = { title: "Promotions" };

const loadView = createLoader(promotionsSearchParams);

export default async function PromotionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { model, state } = await loadView(searchParams);
  const filter = { ...(model ? { model } : {}), ...(state ? { state } : {}) };
  return (
    <>
      <h1 className="mb-2 text-base">Promotions</h1>
      <Prefetched
        load={(ask) =>
          ask({
            query: promotionsQuery(filter),
            reply: PromotionList,
            verb: ({ db }) => listPromotions(db, PromotionQuery.parse({ ...filter, limit: MOST_LISTED })),
          })
        }
      >
        <PromotionsView />
      </Prefetched>
    </>
  );
}
