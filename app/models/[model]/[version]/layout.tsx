import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageControlsProvider } from "@/components/shell/page-controls";
import { VersionHeader } from "@/components/shell/version-header";
import { VersionTabs } from "@/components/shell/version-tabs";
import { decodeSegment } from "@/lib/models/address";

type Props = { params: Promise<{ model: string; version: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `${decodeSegment(model)} version ${decodeSegment(version)}` };
}

export default async function VersionLayout({ params, children }: Props) {
  const { model, version } = await params;
  const address = { model: decodeSegment(model), version: decodeSegment(version) };
  return (
    <PageControlsProvider>
      <VersionHeader {...address} />
      <VersionTabs {...address} />
      {children}
    </PageControlsProvider>
  );
}
