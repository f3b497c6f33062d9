import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { comparedVersions } from "@/components/comparison/compared-versions";
import { keeperOf } from "@/lib/artifacts/runtime";
import { comparisonQuery } from "@/lib/comparison/query";
import { reportComparison } from "@/lib/comparison/report";
import { Comparison } from "@/lib/comparison/schema";
import { type VersionParams, versionAddress } from "../address";
import { versionsAnswer } from "../versions/answers";
import { CompareView } from "./compare-view";
import { compareSearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(compareSearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model } = await versionAddress(props);
  return { title: `Versions of ${model} compared` };
}

export default async function ComparePage(props: Props) {
  const address = await versionAddress(props);
  const view = await loadView(props.searchParams);
  return (
    <Prefetched
      load={async (ask) => {
        const list = await ask(versionsAnswer(address.model));
        const versions = comparedVersions(address.version, view.with, list?.versions ?? []);
        await ask({
          query: comparisonQuery(address.model, versions),
          reply: Comparison,
          verb: (runtime) =>
            reportComparison(
              { db: runtime.db, keeper: keeperOf(runtime) },
              { model: address.model, versions },
            ),
        });
      }}
    >
      <CompareView address={address} />
    </Prefetched>
  );
}
