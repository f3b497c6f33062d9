import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Prefetched } from "@/app/prefetched";
import { PageControlsProvider } from "@/components/shell/page-controls";
import { VersionHeader } from "@/components/shell/version-header";
import { VersionTabs } from "@/components/shell/version-tabs";
import { modelAnswer } from "../../answers";
import { type VersionParams, versionAddress } from "./address";

export async function generateMetadata(props: VersionParams): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `${model} version ${version}` };
}

export default async function VersionLayout({ children, ...props }: VersionParams & { children: ReactNode }) {
  const address = await versionAddress(props);
  return (
    <Prefetched load={(ask) => ask(modelAnswer(address.model))}>
      <PageControlsProvider>
        <VersionHeader {...address} />
        <VersionTabs {...address} />
        {children}
      </PageControlsProvider>
    </Prefetched>
  );
}
