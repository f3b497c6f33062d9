"use client";

import { useQuery } from "@tanstack/react-query";
import type { ChangeView, DriftView } from "@/components/report/view";
import { Card, CardTitle } from "@/components/ui/card";
import { formatCount, formatScore, formatWindow } from "@/lib/charts/format";
import { driftCarriersQuery } from "@/lib/drift/query";
import { referenceName } from "@/lib/drift/reference-name";
import type { DriftReport, DriftTimeline, FeatureDrift } from "@/lib/drift/schema";
import type { VersionAddress } from "@/lib/models/address";
import type { SegmentList } from "@/lib/predictions/schema";
import { FeatureCategories } from "./feature-categories";
import { FeatureCourse } from "./feature-course";
import { FeatureHistogram } from "./feature-histogram";
import { FeatureNumbers } from "./feature-numbers";
import { FeatureSegments } from "./feature-segments";

/** The evidence for one feature: its two distributions, its numbers, its own course. */
export function FeaturePanel({
  address,
  feature,
  report,
  timeline,
  segments,
  view,
  onChange,
}: {
  address: VersionAddress;
  feature: FeatureDrift;
  report: DriftReport;
  timeline: DriftTimeline | undefined;
  segments: SegmentList | undefined;
  view: DriftView;
  onChange: ChangeView<DriftView>;
}) {
  const { histogram, name, unit } = feature;
  // Without drift the parts would share out what chance has done; of a segment, the part is chosen already.
  const carriers = useQuery({
    ...driftCarriersQuery(address, {
      feature: name,
      from: report.window.from,
      to: report.window.to,
      reference: view.against,
    }),
    enabled: feature.drift_detected === true && report.segment === null,
  });
  return (
    <Card aria-label={`Evidence for ${name}`}>
      <CardTitle note={unit ?? undefined}>
        <span className="[overflow-wrap:anywhere]">{name}</span>
      </CardTitle>
      <Legend feature={feature} report={report} />
      {feature.state === "not_computable" ? (
        <p className="text-mute">Not computable: {feature.reason ?? "no reason was given"}.</p>
      ) : null}
      {histogram && histogram.edges.length > 1 ? (
        <FeatureHistogram feature={feature} histogram={histogram} />
      ) : null}
      {histogram && histogram.categories.length > 0 ? (
        <FeatureCategories feature={feature} histogram={histogram} />
      ) : null}
      {feature.findings.length > 0 ? (
        <ul className="mt-2 text-warn text-xs">
          {feature.findings.map(({ kind, message }) => (
            <li key={kind + message}>{message}</li>
          ))}
        </ul>
      ) : null}
      {feature.state === "ok" ? (
        <div className="mt-3">
          <FeatureNumbers feature={feature} source={report.source} />
        </div>
      ) : null}
      <div className="mt-3">
        {timeline ? (
          <FeatureCourse timeline={timeline} name={name} window={report.window} onSelect={onChange} />
        ) : null}
      </div>
      <FeatureSegments
        segments={segments}
        carriers={carriers.data}
        feature={name}
        segment={view.segment}
        onSegment={(segment) => onChange({ segment })}
      />
    </Card>
  );
}

function Legend({ feature, report }: { feature: FeatureDrift; report: DriftReport }) {
  const items = [
    [
      "bg-chart-reference",
      `${referenceName(report.reference).replace(/^the /, "")}, n = ${formatCount(feature.n_reference)}`,
    ],
    ["bg-chart-current", `${formatWindow(report.window)}, n = ${formatCount(feature.n_current)}`],
    ["bg-chart-contribution", `what each bin adds to PSI ${formatScore(feature.psi)}`],
  ] as const;
  return (
    <ul className="mb-2 flex flex-wrap gap-x-3.5 gap-y-0.5 text-mute text-xs">
      {items.slice(0, feature.psi === null ? 2 : 3).map(([tone, text]) => (
        <li key={tone} className="flex items-center gap-1.5">
          <i className={`size-2.5 rounded-[2px] ${tone}`} />
          {text}
        </li>
      ))}
    </ul>
  );
}
