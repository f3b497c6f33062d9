"use client";

import { ReportFrame } from "@/components/report/report-frame";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { VerdictBasis } from "@/components/report/verdict-basis";
import { VerdictText } from "@/components/report/verdict-text";
import type { ChangeView, DriftView } from "@/components/report/view";
import { Skeleton } from "@/components/ui/skeleton";
import { rankFeatures } from "@/lib/drift/ranking";
import { referenceName } from "@/lib/drift/reference-name";
import type { DriftReport } from "@/lib/drift/schema";
import { prepareSensitivity } from "@/lib/drift/sensitivity";
import { prepareVerdict } from "@/lib/drift/verdict";
import type { VersionAddress } from "@/lib/models/address";
import { DriftControls } from "./drift-controls";
import { NoBaseline, NoBaselineYet, NoPredictions } from "./drift-empty";
import { DriftTable } from "./drift-table";
import { FeaturePanel } from "./feature-panel";
import { TimeCard } from "./time-card";
import { useDrift } from "./use-drift";

type Props = { address: VersionAddress; view: DriftView; onChange: ChangeView<DriftView> };

/** What moved, since when, and what it did: verdict first, then time, then the evidence. */
export function DriftPanel({ address, view, onChange }: Props) {
  const queries = useDrift(address, view);
  return (
    // The controls keep their place whatever the report says: a box that is open stays open when it arrives.
    <>
      <DriftControls
        view={view}
        onChange={onChange}
        report={queries.report.data}
        segments={queries.segments.data}
        data={queries.data}
      />
      <ReportFrame
        what="The drift report could not be loaded"
        report={queries.report}
        parts={[queries.timeline, queries.series]}
        skeleton={<ReportSkeleton label="The report is being computed" cards={["h-72"]} pair="h-80" />}
      >
        {(drift) =>
          drift.window.n === 0 && drift.fresh_to === null ? (
            <NoPredictions address={address} />
          ) : (
            <Findings address={address} view={view} onChange={onChange} drift={drift} {...queries} />
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
  drift,
  timeline,
  series,
  performance,
  segments,
}: Props & { drift: DriftReport } & ReturnType<typeof useDrift>) {
  const verdict = prepareVerdict({ report: drift, timeline: timeline.data, performance: performance.data });
  const chosen = choose(drift, view.feature);
  return (
    <>
      <VerdictText
        phrases={verdict.phrases}
        moved={new Set(drift.features.filter((each) => each.drift_detected).map(({ name }) => name))}
        onFeature={(feature) => onChange({ feature })}
      />
      <VerdictBasis restsOn={verdict.restsOn} turns={prepareSensitivity(drift)} />
      {verdict.state === "unknown" && drift.reference.n === 0 ? <NoBaseline address={address} /> : null}
      {view.against === "baseline" && drift.reference.kind !== "baseline" && verdict.state !== "unknown" ? (
        <NoBaselineYet address={address} reference={referenceName(drift.reference)} />
      ) : null}
      {timeline.data ? (
        <TimeCard
          timeline={timeline.data}
          series={series.data}
          report={drift}
          window={drift.window}
          view={view}
          chosen={chosen?.name ?? null}
          onChange={onChange}
        />
      ) : (
        <Skeleton className="mb-3.5 h-72" />
      )}
      {drift.features.length > 0 ? (
        <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1.08fr)_minmax(0,1fr)]">
          <DriftTable
            report={drift}
            chosen={chosen?.name ?? null}
            onChoose={(feature) => onChange({ feature })}
          />
          {chosen ? (
            <FeaturePanel
              key={chosen.name}
              feature={chosen}
              report={drift}
              timeline={timeline.data}
              segments={segments.data}
              view={view}
              onChange={onChange}
            />
          ) : null}
        </div>
      ) : null}
    </>
  );
}

/** The feature the URL names, else the one that moved furthest. */
function choose({ features, score, prediction }: DriftReport, name: string | null) {
  const named = [...features, score, prediction].find((each) => each !== null && each.name === name);
  return named ?? rankFeatures(features)[0] ?? null;
}
