import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "../prefetched";
import { experimentsAnswer } from "./answers";
import { ExperimentsView } from "./experiments-view";
import { experimentsSearchParams } from "./search-params";

export const metadata: Metadata = { title: "Experiments" };

const loadView = createLoader(experimentsSearchParams);

export default async function ExperimentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadView(searchParams);
  return (
    <>
      <h1 className="mb-2 text-base">Experiments</h1>
      <Prefetched load={(ask) => ask(experimentsAnswer(view))}>
        <ExperimentsView />
      </Prefetched>
    </>
  );
}
