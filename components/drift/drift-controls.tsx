"use client";

import { Check } from "lucide-react";
import { AgainstControl } from "@/components/report/against-control";
import { SegmentControl } from "@/components/report/segment-control";
import type { ChangeView, DriftView } from "@/components/report/view";
import { WindowControl } from "@/components/report/window-control";
import { PageControls } from "@/components/shell/page-controls";
import { Button } from "@/components/ui/button";
import { referenceName } from "@/lib/drift/reference-name";
import type { DriftReport } from "@/lib/drift/schema";
import type { SegmentList } from "@/lib/predictions/schema";

/** The page's controls in the header's line: against what, which window, which segment, how exactly. */
export function DriftControls({
  view,
  onChange,
  report,
  segments,
  data,
}: {
  view: DriftView;
  onChange: ChangeView<DriftView>;
  report: DriftReport | undefined;
  segments: SegmentList | undefined;
  data: { from: number; to: number } | null;
}) {
  const chosen = view.from !== null && view.to !== null;
  const window = chosen ? { from: view.from!, to: view.to! } : (report?.window ?? null);
  return (
    <PageControls>
      <AgainstControl
        against={view.against}
        label={report ? referenceName(report.reference).replace(/^the /, "") : null}
        suggestion={report?.reference.window ?? window}
        onChange={(against) => onChange({ against })}
      />
      <WindowControl
        window={window}
        chosen={chosen}
        latest="Latest 7 days"
        data={data}
        onChange={(next) => onChange({ from: next?.from ?? null, to: next?.to ?? null })}
      />
      <SegmentControl
        segment={view.segment}
        segments={segments}
        onChange={(segment) => onChange({ segment })}
      />
      <Button
        aria-pressed={view.exact}
        onClick={() => onChange({ exact: !view.exact })}
        className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
        title="Confirm with raw rows: reads every row of both sides instead of the summaries, D without a bound"
      >
        {view.exact ? <Check aria-hidden="true" /> : null}
        <span>
          <span className="max-2xl:sr-only">Confirm with </span>raw rows
          <span aria-hidden="true" className="ml-1.5 text-mute 2xl:hidden">
            {view.exact ? "read" : "off"}
          </span>
        </span>
      </Button>
    </PageControls>
  );
}
