import type { Metadata } from "next";
import { Suspense } from "react";
import { DriftSkeleton } from "@/components/drift/drift-skeleton";
import { decodeSegment } from "@/lib/models/address";
import { DriftView } from "./drift-view";

type Props = { params: Promise<{ model: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `Drift of ${decodeSegment(model)} version ${decodeSegment(version)}` };
}

export default async function DriftPage({ params }: Props) {
  const { model, version } = await params;
  return (
    <Suspense fallback={<DriftSkeleton />}>
      <DriftView address={{ model: decodeSegment(model), version: decodeSegment(version) }} />
    </Suspense>
  );
}
