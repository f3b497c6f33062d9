"use client";

import { curlPredictions } from "@/components/connect/snippets";
import { ReportFrame } from "@/components/report/report-frame";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { VerdictBasis } from "@/components/report/verdict-basis";
import { VerdictText } from "@/components/report/verdict-text";
import type { ChangeView } from "@/components/report/view";
import { WindowControl } from "@/components/report/window-control";
import { PageControls } from "@/components/shell/page-controls";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";
import type { QualityReport } from "@/lib/quality/schema";
import { prepareQualityVerdict } from "@/lib/quality/verdict";
import { QualityTable } from "./quality-table";
import { TrafficCard } from "./traffic-card";
import { useQuality } from "./use-quality";
import type { QualityView } from "./view";

type Props = { address: VersionAddress; view: QualityView; onChange: ChangeView<QualityView> };

/** Whether the data that come in are the data the model was made for: verdict, traffic, columns. */
export function QualityPanel({ address, view, onChange }: Props) {
  const { report, series, data } = useQuality(address, view);
  const chosen = view.from && view.to ? { from: view.from, to: view.to } : null;
  return (
    // The controls keep their place whatever the report says: a box that is open stays open when it arrives.
    <>
      <PageControls>
        <WindowControl
          window={chosen ?? report.data?.window ?? null}
          chosen={chosen !== null}
          latest="Latest 4 weeks"
          data={data}
          onChange={(next) => onChange({ from: next?.from ?? null, to: next?.to ?? null })}
        />
      </PageControls>
      <ReportFrame
        what="Data quality could not be loaded"
        report={report}
        parts={[series]}
        skeleton={<ReportSkeleton label="Data quality is being computed" cards={["h-56", "h-72"]} />}
      >
        {(found) =>
          found.n === 0 && found.fresh_to === null ? (
            <NothingLogged address={address} />
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
}: Props & { report: QualityReport; series: QualityReport | undefined }) {
  const verdict = prepareQualityVerdict(report);
  const flagged = new Set(
    report.features.filter(({ findings }) => findings.length > 0).map(({ name }) => name),
  );
  return (
    <>
      <VerdictText phrases={verdict.phrases} moved={flagged} />
      <VerdictBasis restsOn={verdict.restsOn} turns={[]} />
      {series ? <TrafficCard series={series} window={report.window} view={view} onChange={onChange} /> : null}
      <QualityTable report={report} address={address} />
    </>
  );
}

function NothingLogged({ address }: { address: VersionAddress }) {
  const url = useOrigin();
  return (
    <EmptyState title="No predictions have been logged for this version yet, so there are no data to look at.">
      <p className="text-mute">
        Send predictions with their features; their schema is learnt from the first rows.
      </p>
      <CodeBlock label="curl: predictions" code={curlPredictions({ url, ...address })} />
    </EmptyState>
  );
}
