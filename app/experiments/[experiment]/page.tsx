import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { createLoader, type SearchParams } from "nuqs/server";
import { Prefetched } from "@/app/prefetched";
import { runsViewHref } from "@/lib/experiments/address";
import { decodeSegment } from "@/lib/models/address";
import { prefetch } from "@/lib/server/prefetch";
import { visitorOf } from "@/lib/server/visitor";
import type { SavedView } from "@/lib/views/schema";
import { experimentAnswer, namesAnswer, runsAnswer, viewsAnswer } from "../answers";
import { RunsView } from "./runs-view";
import { runsSearchParams } from "./search-params";

type Props = { params: Promise<{ experiment: string }>; searchParams: Promise<SearchParams> };

const loadView = createLoader(runsSearchParams);

export const metadata: Metadata = { title: "Runs of an experiment" };

export default async function RunsPage({ params, searchParams }: Props) {
  const experiment = decodeSegment((await params).experiment);
  const view = await loadView(searchParams);
  const elsewhere = await savedView(experiment, await searchParams);
  if (elsewhere) redirect(elsewhere);
  return (
    <Prefetched
      load={(ask) =>
        Promise.all([
          ask(experimentAnswer(experiment)),
          ask(namesAnswer(experiment)),
          ask(viewsAnswer(experiment)),
          view.group === null ? ask(runsAnswer(experiment, view)) : null,
        ])
      }
    >
      <RunsView experiment={experiment} />
    </Prefetched>
  );
}

/** Where a bare address leads: to the view that it names, else to the default one; null where it stays as it is. */
async function savedView(experiment: string, asked: SearchParams): Promise<string | null> {
  const { saved, ...rest } = asked;
  if (Object.keys(rest).length > 0 || Array.isArray(saved)) return null;
  let found: SavedView | undefined;
  await prefetch(visitorOf(await headers()), {
    scope: "read",
    load: async (ask) => {
      const { views } = (await ask(viewsAnswer(experiment))) ?? { views: [] };
      found = views.find(
        (view) => (saved ? view.view_id === saved : view.is_default) && view.page === "runs",
      );
    },
  });
  return found && found.query !== "" ? runsViewHref(experiment, found.query, found.view_id) : null;
}
