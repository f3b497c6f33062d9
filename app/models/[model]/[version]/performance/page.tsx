import type { Metadata } from "next";
import { Suspense } from "react";
import { PerformanceSkeleton } from "@/components/performance/performance-skeleton";
import { decodeSegment } from "@/lib/models/address";
import { PerformanceView } from "./performance-view";

type Props = { params: Promise<{ model: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `Performance of ${decodeSegment(model)} version ${decodeSegment(version)}` };
}

export default async function PerformancePage({ params }: Props) {
  const { model, version } = await params;
  return (
    <Suspense fallback={<PerformanceSkeleton />}>
      <PerformanceView address={{ model: decodeSegment(model), version: decodeSegment(version) }} />
    </Suspense>
  );
}
