"use client";

import { SegmentControl } from "@/components/report/segment-control";
import type { ChangeView, ReportView } from "@/components/report/view";
import { WindowControl } from "@/components/report/window-control";
import { PageControls } from "@/components/shell/page-controls";
import type { SegmentList } from "@/lib/predictions/schema";
import type { Window } from "@/lib/wire";

/** Which window, which segment: in the header's line, as on the drift page. */
export function PerformanceControls({
  view,
  window,
  data,
  segments,
  onChange,
}: {
  view: ReportView;
  window: Window | null;
  data: { from: number; to: number } | null;
  segments: SegmentList | undefined;
  onChange: ChangeView<ReportView>;
}) {
  return (
    <PageControls>
      <WindowControl
        window={window}
        chosen={view.from !== null && view.to !== null}
        latest="Latest 4 weeks"
        data={data}
        onChange={(next) => onChange({ from: next?.from ?? null, to: next?.to ?? null })}
      />
      <SegmentControl
        segment={view.segment}
        segments={segments}
        onChange={(segment) => onChange({ segment })}
      />
    </PageControls>
  );
}
