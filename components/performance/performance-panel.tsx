"use client";

import { ReportFrame } from "@/components/report/report-frame";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { VerdictBasis } from "@/components/report/verdict-basis";
import { VerdictText } from "@/components/report/verdict-text";
import type { ChangeView, ReportView } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import type { PerformanceReport } from "@/lib/performance/schema";
import { preparePerformanceVerdict } from "@/lib/performance/verdict";
import { CalibrationCard } from "./calibration-card";
import { ConceptCard } from "./concept-card";
import { ConfusionCard } from "./confusion-card";
import { MetricTable } from "./metric-table";
import { PerformanceControls } from "./performance-controls";
import { NoLabels, NoPredictions } from "./performance-empty";
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
      <ReportFrame
        what="Performance could not be loaded"
        report={report}
        parts={[series]}
        skeleton={<ReportSkeleton label="Performance is being computed" cards={["h-96"]} pair="h-64" />}
      >
        {(found) =>
          found.n === 0 && found.fresh_to === null ? (
            <NoPredictions address={address} />
          ) : (
            <Findings address={address} view={view} onChange={onChange} report={found} series={series.data} />
          )
        }
      </ReportFrame>
    </>
  );
}

function Findings({
  address,
  view,
  onChange,
  report,
  series,
}: Props & { report: PerformanceReport; series: PerformanceReport | undefined }) {
  const verdict = preparePerformanceVerdict(report);
  return (
    <>
      <VerdictText phrases={verdict.phrases} />
      <VerdictBasis restsOn={verdict.restsOn} turns={[]} />
      {report.n > 0 && report.labelled === 0 ? <NoLabels address={address} /> : null}
      {series ? <SeriesCard series={series} window={report.window} view={view} onChange={onChange} /> : null}
      {report.labelled > 0 ? (
        <div className="grid items-start gap-3.5 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-3.5">
            <MetricTable report={report} />
            {report.confusion ? <ConfusionCard confusion={report.confusion} /> : null}
          </div>
          <div className="flex min-w-0 flex-col gap-3.5">
            <ConceptCard concept={report.concept_drift} />
            {report.calibration ? (
              <CalibrationCard
                calibration={report.calibration}
                positive={report.positive_class ?? "positive"}
              />
            ) : null}
          </div>
        </div>
      ) : null}
    </>
  );
}
