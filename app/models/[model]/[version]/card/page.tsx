import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { type VersionParams, versionAddress } from "../address";
import { cardAnswer } from "./answers";
import { CardView } from "./card-view";
import { cardSearchParams } from "./search-params";

type Props = VersionParams & { searchParams: Promise<SearchParams> };

const loadView = createLoader(cardSearchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Model card of ${model} version ${version}` };
}

export default async function CardPage(props: Props) {
  const address = await versionAddress(props);
  const { revision } = await loadView(props.searchParams);
  return (
    <Prefetched load={(ask) => ask(cardAnswer(address, revision))}>
      <CardView address={address} />
    </Prefetched>
  );
}
