import type { Metadata } from "next";
import { Suspense } from "react";
import { PredictionsSkeleton } from "@/components/predictions/predictions-skeleton";
import { decodeSegment } from "@/lib/models/address";
import { PredictionsView } from "./predictions-view";

type Props = { params: Promise<{ model: string; version: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `Predictions of ${decodeSegment(model)} version ${decodeSegment(version)}` };
}

export default async function PredictionsPage({ params }: Props) {
  const { model, version } = await params;
  return (
    <Suspense fallback={<PredictionsSkeleton />}>
      <PredictionsView address={{ model: decodeSegment(model), version: decodeSegment(version) }} />
    </Suspense>
  );
}
