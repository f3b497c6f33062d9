import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { PolicyPanel } from "@/components/promotions/policy-panel";
import { Crumbs } from "@/components/ui/crumbs";
import { modelHref } from "@/lib/models/address";
import { reportPolicy } from "@/lib/promotions/policy";
import { policyQuery } from "@/lib/promotions/query";
import { Policy } from "@/lib/promotions/schema";

export const metadata: Metadata = { title: "Promotion policy" };

const loadView = createLoader({ model: parseAsString.withDefault("") });

export default async function PolicyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { model } = await loadView(searchParams);
  if (model === "") return <p>Name a model: /promotions/policy?model=flight-delay</p>;
  return (
    <>
      <div className="mb-2">
        <Crumbs
          above={[
            { title: "Promotions", href: "/promotions" },
            { title: model, href: modelHref(model) },
          ]}
        >
          Promotion policy
        </Crumbs>
      </div>
      <Prefetched
        load={(ask) =>
          ask({ query: policyQuery(model), reply: Policy, verb: ({ db }) => reportPolicy(db, model) })
        }
      >
        <PolicyPanel model={model} />
      </Prefetched>
    </>
  );
}
