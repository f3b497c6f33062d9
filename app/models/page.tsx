import type { Metadata } from "next";
import { Suspense } from "react";
import { ModelsSkeleton } from "@/components/models/models-skeleton";
import { ModelsView } from "./models-view";

export const metadata: Metadata = { title: "Models" };

export default function ModelsPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Models</h1>
      <Suspense fallback={<ModelsSkeleton />}>
        <ModelsView />
      </Suspense>
    </>
  );
}
