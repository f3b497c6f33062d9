import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { reportPolicy } from "@/lib/promotions/policy";
import { policyQuery } from "@/lib/promotions/query";
import { Policy } from "@/lib/promotions/schema";
import { type VersionParams, versionAddress } from "../address";
import { PromoteView } from "./promote-view";

export async function generateMetadata(props: VersionParams): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Promote ${model} version ${version}` };
}

export default async function PromotePage(props: VersionParams) {
  const address = await versionAddress(props);
  return (
    <Prefetched
      load={(ask) =>
        ask({
          query: policyQuery(address.model),
          reply: Policy,
          verb: ({ db }) => reportPolicy(db, address.model),
        })
      }
    >
      <PromoteView address={address} />
    </Prefetched>
  );
}
