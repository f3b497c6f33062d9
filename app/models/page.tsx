import type { Metadata } from "next";
import { Prefetched } from "../prefetched";
import { modelsAnswer } from "./answers";
import { ModelsView } from "./models-view";

export const metadata: Metadata = { title: "Models" };

export default function ModelsPage() {
  return (
    <>
      <h1 className="mb-2 text-base">Models</h1>
      <Prefetched load={(ask) => ask(modelsAnswer())}>
        <ModelsView />
      </Prefetched>
    </>
  );
}
