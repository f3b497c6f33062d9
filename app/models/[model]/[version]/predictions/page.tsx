import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { pageParams } from "@/components/predictions/view";
import { type VersionParams, versionAddress } from "../address";
import { predictionsAnswer, schemaAnswer } from "../answers";
import { PredictionsView } from "./predictions-view";
import { predictionsSearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(predictionsSearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Predictions of ${model} version ${version}` };
}

export default async function PredictionsPage(props: Props) {
  const address = await versionAddress(props);
  const view = await loadView(props.searchParams);
  return (
    <Prefetched
      load={(ask) =>
        Promise.all([ask(schemaAnswer(address)), ask(predictionsAnswer(address, pageParams(view)))])
      }
    >
      <PredictionsView address={address} />
    </Prefetched>
  );
}
