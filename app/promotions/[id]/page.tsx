import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { ReviewPanel } from "@/components/promotions/review-panel";
import { Crumbs } from "@/components/ui/crumbs";
import { decodeSegment } from "@/lib/models/address";
import { promotionQuery } from "@/lib/promotions/query";
import { describePromotion } from "@/lib/promotions/report";
import { Promotion } from "@/lib/promotions/schema";
import { whoIs } from "@/lib/promotions/who";

export const metadata: Metadata = { title: "Promotion" };

export default async function PromotionPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeSegment((await params).id);
  return (
    <>
      <div className="mb-2">
        <Crumbs above={[{ title: "Promotions", href: "/promotions" }]}>Promotion</Crumbs>
      </div>
      <Prefetched
        load={(ask) =>
          ask({
            query: promotionQuery(id),
            reply: Promotion,
            verb: ({ db }, _, visitor) => describePromotion(db, id, whoIs(visitor)),
          })
        }
      >
        <ReviewPanel id={id} />
      </Prefetched>
    </>
  );
}
