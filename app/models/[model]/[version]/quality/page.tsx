import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { qualityParams, trafficParams } from "@/components/quality/questions";
import { dataSpan } from "@/components/report/data-span";
import { modelAnswer } from "../../../answers";
import { type VersionParams, versionAddress } from "../address";
import { qualityAnswer } from "../answers";
import { QualityView } from "./quality-view";
import { qualitySearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(qualitySearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Data quality of ${model} version ${version}` };
}

export default async function QualityPage(props: Props) {
  const address = await versionAddress(props);
  const view = await loadView(props.searchParams);
  return (
    <Prefetched
      load={async (ask) => {
        const [model, report] = await Promise.all([
          ask(modelAnswer(address.model)),
          ask(qualityAnswer(address, qualityParams(view))),
        ]);
        const { series, settled } = trafficParams(view, report, dataSpan(model, address.version));
        if (settled) await ask(qualityAnswer(address, series));
      }}
    >
      <QualityView address={address} />
    </Prefetched>
  );
}
