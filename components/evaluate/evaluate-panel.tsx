"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { evaluationsQuery } from "@/lib/evaluations/query";
import type { EvaluationSummary } from "@/lib/evaluations/schema";
import type { VersionAddress } from "@/lib/models/address";
import type { Direction } from "@/lib/models/order";
import type { EvaluationSort } from "./evaluations-sorts";
import { evaluationsVerdict } from "./evaluations-verdict";
import { PastEvaluations } from "./past-evaluations";

export type EvaluateView = {
  evaluation: string | null;
  /** A kept evaluation that is repeated in this browser. */
  evidence: string | null;
  source: "registry" | "upload" | null;
  dataset: string | null;
  against: string | null;
  /** The feature whose groups are compared. */
  groups: string | null;
  backend: "auto" | "wasm" | "webgl" | "webgpu";
  /** Of the table of what was kept: words, state and order. */
  q: string;
  state: EvaluationSummary["state"] | null;
  sort: EvaluationSort | null;
  order: Direction;
};
export type ChangeView = (next: Partial<EvaluateView>) => void;

const loading = () => <ReportSkeleton label="Loading the evaluation" cards={["h-40", "h-40"]} />;
// What was kept is looked at without the engines, and without what starts them.
const EvaluationFlow = dynamic(() => import("./evaluation-flow").then((module) => module.EvaluationFlow), {
  ssr: false,
  loading,
});
const KeptEvaluation = dynamic(() => import("./kept-evaluation").then((module) => module.KeptEvaluation), {
  ssr: false,
  loading,
});

/** Evaluates a version's model in this browser, and shows what was kept of former evaluations. */
export function EvaluatePanel({
  address,
  view,
  onChange,
}: {
  address: VersionAddress;
  view: EvaluateView;
  onChange: ChangeView;
}) {
  const { data, error, refetch } = useQuery(evaluationsQuery(address));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the evaluations" cards={["h-40"]} />;
    return <ErrorState what="The evaluations could not be loaded" error={error} onRetry={refetch} />;
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <p className="verdict">{evaluationsVerdict(address.version, data.evaluations)}</p>
        {view.evaluation || view.evidence ? (
          <Button
            className="ml-auto max-sm:ml-0"
            onClick={() => onChange({ evaluation: null, evidence: null })}
          >
            New evaluation
          </Button>
        ) : null}
      </div>
      <div className="flex flex-col gap-3.5">
        {data.evaluations.length > 0 ? (
          <PastEvaluations address={address} evaluations={data.evaluations} view={view} onChange={onChange} />
        ) : null}
        {view.evaluation ? (
          <KeptEvaluation
            address={address}
            id={view.evaluation}
            onRepeat={(evidence) => onChange({ evidence, evaluation: null })}
          />
        ) : (
          <EvaluationFlow
            key={`${address.model}/${address.version}/${view.evidence ?? ""}`}
            address={address}
            view={view}
            onChange={onChange}
          />
        )}
      </div>
    </>
  );
}
