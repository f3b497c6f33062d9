"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Crumbs } from "@/components/ui/crumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { SavedViews } from "@/components/views/saved-views";
import { formatCount, plural } from "@/lib/charts/format";
import { compareViewHref, experimentHref, runHref } from "@/lib/experiments/address";
import { experimentQuery } from "@/lib/experiments/query";
import { runQuery, runsDetailQuery } from "@/lib/experiments/run-query";
import { Comparison } from "./comparison";
import { RunChips } from "./run-chips";
import { useRunSet } from "./use-run-set";
import type { ChangeCompare, CompareView } from "./view";

type Props = {
  view: CompareView;
  /** The same as the address says it. */
  query: string;
  onChange: ChangeCompare;
};

/** Runs side by side: those that were picked, or all that a search finds. The address holds the whole view. */
export function ComparePanel(props: Props) {
  const { experiment } = props.view;
  return experiment === null ? <Picked {...props} /> : <Searched {...props} experiment={experiment} />;
}

function Header({
  experiment,
  title,
  view,
  query,
  onChange,
}: Props & { experiment: { id: string; name: string } | null; title: string }) {
  return (
    <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Crumbs
        above={[
          { href: "/experiments", title: "Experiments" },
          ...(experiment ? [{ href: experimentHref(experiment.id), title: experiment.name }] : []),
        ]}
      >
        {title}
      </Crumbs>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {experiment ? (
          <SavedViews
            experiment={experiment.id}
            page="compare"
            query={query}
            saved={view.saved}
            onSaved={(saved) => onChange({ saved })}
            hrefOf={compareViewHref}
          />
        ) : null}
        <CopyButton size="sm" icon={<Link2 aria-hidden="true" />} text={() => window.location.href}>
          Copy link
        </CopyButton>
      </span>
    </header>
  );
}

function Picked({ view, query, onChange }: Props) {
  const { data, error, refetch } = useQuery({
    ...runsDetailQuery(view.runs),
    enabled: view.runs.length > 0,
  });
  const runs = data?.runs ?? [];
  const experiment = runs[0]?.experiment;
  return (
    <>
      <Header
        experiment={experiment ? { id: experiment.experiment_id, name: experiment.name } : null}
        title="Compare"
        view={view}
        query={query}
        onChange={onChange}
      />
      {view.runs.length === 0 ? (
        <EmptyState title="No runs are picked. Pick some in the table of an experiment, then press Compare.">
          <Button asChild className="w-fit">
            <Link href="/experiments">Experiments</Link>
          </Button>
        </EmptyState>
      ) : null}
      {error ? (
        <ErrorState
          what="The runs could not be loaded"
          error={error}
          onRetry={refetch}
          stale={runs.length > 0}
          className="mb-3"
        />
      ) : null}
      {!data && !error && view.runs.length > 0 ? <Loading /> : null}
      {runs.length > 0 ? (
        <Comparison runs={runs} view={view} onChange={onChange}>
          <RunChips runs={runs} view={view} onChange={onChange} />
        </Comparison>
      ) : null}
    </>
  );
}

function Searched({ view, query, experiment, onChange }: Props & { experiment: string }) {
  const { data: summary } = useQuery(experimentQuery(experiment));
  const under = view.parent === "none" ? null : view.parent;
  const { data: parent } = useQuery({ ...runQuery(under ?? ""), enabled: under !== null });
  const set = useRunSet(experiment, view);
  const { runs } = set;
  return (
    <>
      <Header
        experiment={{ id: experiment, name: summary?.name ?? experiment }}
        title={view.tab === "study" ? "Study" : "Compare"}
        view={view}
        query={query}
        onChange={onChange}
      />
      {set.error ? (
        <ErrorState
          what="The runs could not be loaded"
          error={set.error}
          onRetry={set.refetch}
          stale={runs !== undefined}
          className="mb-3"
        />
      ) : null}
      {!runs && !set.error ? (
        <>
          <p className="mb-2 text-mute" role="status">
            {set.wanted > 0
              ? `${formatCount(set.loaded)} of ${plural(set.wanted, "run")} read`
              : "Reading the runs"}
          </p>
          <Loading />
        </>
      ) : null}
      {runs?.length === 0 ? (
        <EmptyState title="No run meets this search.">
          <Button asChild className="w-fit">
            <Link href={experimentHref(experiment)}>All runs of the experiment</Link>
          </Button>
        </EmptyState>
      ) : null}
      {runs && runs.length > 0 ? (
        <Comparison runs={runs} view={view} onChange={onChange}>
          <p className="mb-2 max-w-4xl text-mute">
            <span className="text-ink">
              {set.total > runs.length
                ? `The newest ${formatCount(runs.length)} of ${plural(set.total, "run")}`
                : plural(runs.length, "run")}
            </span>
            {view.parent === "none" ? " without a parent" : null}
            {under ? (
              <>
                {" under "}
                <Link href={runHref(under)} className="link">
                  {parent?.run_name ?? "their parent"}
                </Link>
              </>
            ) : null}
            {view.q ? (
              <>
                {" that meet "}
                <code className="break-all text-ink text-xs">{view.q}</code>
              </>
            ) : null}
            {set.hiddenMetrics > 0
              ? `; of the metrics the first, ${formatCount(set.hiddenMetrics)} more are not read`
              : ""}
          </p>
          <RunChips runs={runs} view={view} fixed onChange={onChange} />
        </Comparison>
      ) : null}
    </>
  );
}

const Loading = () => (
  <Card role="status" aria-label="Loading the runs">
    <Skeleton className="h-60 w-full" />
  </Card>
);
