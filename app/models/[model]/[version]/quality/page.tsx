import type { Metadata } from "next";
import { Suspense } from "react";
import { QualitySkeleton } from "@/components/quality/quality-skeleton";
import { decodeSegment } from "@/lib/models/address";
import { QualityView } from "./quality-view";

type Props = { params: Promise<{ model: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `Data quality of ${decodeSegment(model)} version ${decodeSegment(version)}` };
}

export default async function QualityPage({ params }: Props) {
  const { model, version } = await params;
  return (
    <Suspense fallback={<QualitySkeleton />}>
      <QualityView address={{ model: decodeSegment(model), version: decodeSegment(version) }} />
    </Suspense>
  );
}
