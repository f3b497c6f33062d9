import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "../prefetched";
import { runsDetailAnswer } from "../runs/answers";
import { CompareView } from "./compare-view";
import { compareSearchParams } from "./search-params";

export const metadata: Metadata = { title: "Compare runs" };

const loadView = createLoader(compareSearchParams);

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { runs } = await loadView(searchParams);
  return (
    <Prefetched load={async (ask) => (runs.length > 0 ? ask(runsDetailAnswer(runs)) : null)}>
      <CompareView />
    </Prefetched>
  );
}
