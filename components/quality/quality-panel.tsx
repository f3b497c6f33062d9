"use client";

import { curlPredictions } from "@/components/connect/snippets";
import { VerdictBasis } from "@/components/report/verdict-basis";
import { VerdictText } from "@/components/report/verdict-text";
import type { ChangeView } from "@/components/report/view";
import { WindowControl } from "@/components/report/window-control";
import { PageControls } from "@/components/shell/page-controls";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";
import { prepareQualityVerdict } from "@/lib/quality/verdict";
import { QualitySkeleton } from "./quality-skeleton";
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
}: Props & Pick<ReturnType<typeof useQuality>, "report" | "series">) {
  const { data } = report;
  if (!data) {
    return report.error ? (
      <ErrorState what="Data quality could not be loaded" error={report.error} onRetry={report.refetch} />
    ) : (
      <QualitySkeleton />
    );
  }
  if (data.n === 0 && data.fresh_to === null) {
    return <NothingLogged address={address} />;
  }
  const verdict = prepareQualityVerdict(data);
  const failed = [report, series].find(({ error }) => error);
  const flagged = new Set(
    data.features.filter(({ findings }) => findings.length > 0).map(({ name }) => name),
  );
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
      <VerdictText phrases={verdict.phrases} moved={flagged} />
      <VerdictBasis restsOn={verdict.restsOn} turns={[]} />
      {series.data ? (
        <TrafficCard series={series.data} window={data.window} view={view} onChange={onChange} />
      ) : null}
      <QualityTable report={data} address={address} />
    </div>
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
