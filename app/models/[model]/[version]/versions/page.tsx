import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { VersionsPanel } from "@/components/registry/versions-panel";
import { type VersionParams, versionAddress } from "../address";
import { historyAnswer, versionsAnswer } from "./answers";

export async function generateMetadata(props: VersionParams): Promise<Metadata> {
  const { model } = await versionAddress(props);
  return { title: `Versions of ${model}` };
}

export default async function VersionsPage(props: VersionParams) {
  const address = await versionAddress(props);
  return (
    <Prefetched
      load={(ask) => Promise.all([ask(versionsAnswer(address.model)), ask(historyAnswer(address.model))])}
    >
      <VersionsPanel {...address} />
    </Prefetched>
  );
}
