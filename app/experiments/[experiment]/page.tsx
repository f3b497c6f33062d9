import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { decodeSegment } from "@/lib/models/address";
import { experimentAnswer, namesAnswer, runsAnswer } from "../answers";
import { RunsView } from "./runs-view";
import { runsSearchParams } from "./search-params";

type Props = { params: Promise<{ experiment: string }>; searchParams: Promise<SearchParams> };

const loadView = createLoader(runsSearchParams);

export const metadata: Metadata = { title: "Runs of an experiment" };

export default async function RunsPage({ params, searchParams }: Props) {
  const experiment = decodeSegment((await params).experiment);
  const view = await loadView(searchParams);
  return (
    <Prefetched
      load={(ask) =>
        Promise.all([
          ask(experimentAnswer(experiment)),
          ask(namesAnswer(experiment)),
          view.group === null ? ask(runsAnswer(experiment, view)) : null,
        ])
      }
    >
      <RunsView experiment={experiment} />
    </Prefetched>
  );
}
