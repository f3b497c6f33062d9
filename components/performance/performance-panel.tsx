"use client";

import { VerdictBasis } from "@/components/report/verdict-basis";
import { VerdictText } from "@/components/report/verdict-text";
import type { ChangeView, ReportView } from "@/components/report/view";
import { ErrorState } from "@/components/ui/error-state";
import type { VersionAddress } from "@/lib/models/address";
import { preparePerformanceVerdict } from "@/lib/performance/verdict";
import { CalibrationCard } from "./calibration-card";
import { ConceptCard } from "./concept-card";
import { ConfusionCard } from "./confusion-card";
import { MetricTable } from "./metric-table";
import { PerformanceControls } from "./performance-controls";
import { NoLabels, NoPredictions } from "./performance-empty";
import { PerformanceSkeleton } from "./performance-skeleton";
import { SeriesCard } from "./series-card";
import { usePerformance } from "./use-performance";

type Props = { address: VersionAddress; view: ReportView; onChange: ChangeView<ReportView> };

/** Whether the model still does its work: verdict first, then time, then the numbers behind it. */
export function PerformancePanel({ address, view, onChange }: Props) {
  const { report, series, segments, data } = usePerformance(address, view);
  const chosen = view.from && view.to ? { from: view.from, to: view.to } : null;
  return (
    // The controls keep their place whatever the report says: a box that is open stays open when it arrives.
    <>
      <PerformanceControls
        view={view}
        window={chosen ?? report.data?.window ?? null}
        data={data}
        segments={segments.data}
        onChange={onChange}
      />
      <Findings address={address} view={view} onChange={onChange} report={report} series={series} />
    </>
  );
}

function Findings({
  address,
  view,
  onChange,
  report,
  series,
}: Props & Pick<ReturnType<typeof usePerformance>, "report" | "series">) {
  const { data } = report;
  if (!data) {
    return report.error ? (
      <ErrorState what="Performance could not be loaded" error={report.error} onRetry={report.refetch} />
    ) : (
      <PerformanceSkeleton />
    );
  }
  if (data.n === 0 && data.fresh_to === null) {
    return <NoPredictions address={address} />;
  }
  const verdict = preparePerformanceVerdict(data);
  const failed = [report, series].find(({ error }) => error);

  return (
    <div aria-busy={report.isPlaceholderData} className={report.isPlaceholderData ? "opacity-60" : undefined}>
      {failed ? (
        <ErrorState
          className="mb-3"
          what="Part of this page could not be renewed"
          error={failed.error}
          onRetry={() => failed.refetch()}
          stale={failed.data !== undefined}
        />
      ) : null}
      <VerdictText phrases={verdict.phrases} />
      <VerdictBasis restsOn={verdict.restsOn} turns={[]} />
      {data.n > 0 && data.labelled === 0 ? <NoLabels address={address} /> : null}
      {series.data ? (
        <SeriesCard series={series.data} window={data.window} view={view} onChange={onChange} />
      ) : null}
      {data.labelled > 0 ? (
        <div className="grid items-start gap-3.5 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-3.5">
            <MetricTable report={data} />
            {data.confusion ? <ConfusionCard confusion={data.confusion} /> : null}
          </div>
          <div className="flex min-w-0 flex-col gap-3.5">
            <ConceptCard concept={data.concept_drift} />
            {data.calibration ? (
              <CalibrationCard calibration={data.calibration} positive={data.positive_class ?? "positive"} />
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}
