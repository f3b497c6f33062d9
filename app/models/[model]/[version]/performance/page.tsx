import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { performanceParams, seriesParams } from "@/components/performance/questions";
import { dataSpan } from "@/components/report/data-span";
import { modelAnswer } from "../../../answers";
import { type VersionParams, versionAddress } from "../address";
import { performanceAnswer } from "../answers";
import { PerformanceView } from "./performance-view";
import { performanceSearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(performanceSearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Performance of ${model} version ${version}` };
}

export default async function PerformancePage(props: Props) {
  const address = await versionAddress(props);
  const view = await loadView(props.searchParams);
  return (
    <Prefetched
      load={async (ask) => {
        const [model, report] = await Promise.all([
          ask(modelAnswer(address.model)),
          ask(performanceAnswer(address, performanceParams(view))),
        ]);
        const { series, settled } = seriesParams(view, report, dataSpan(model, address.version));
        if (settled) await ask(performanceAnswer(address, series));
      }}
    >
      <PerformanceView address={address} />
    </Prefetched>
  );
}
