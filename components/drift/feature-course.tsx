"use client";

import { useMemo } from "react";
import { LineLane } from "@/components/charts/line-lane";
import { type Lane, TimeFrame } from "@/components/charts/time-frame";
import { bucketName } from "@/components/report/bucket-facts";
import { wireWindow } from "@/components/report/view";
import { formatCount, formatScore, formatWindow } from "@/lib/charts/format";
import { type Domain, heightOf, roundTicks } from "@/lib/charts/scale";
import { alignTo, prepareAxis } from "@/lib/charts/time-axis";
import type { DriftTimeline } from "@/lib/drift/schema";
import type { Window } from "@/lib/wire";

/** One feature's own distance over time, over what chance gives and against the floor. */
export function FeatureCourse({
  timeline,
  name,
  window,
  onSelect,
}: {
  timeline: DriftTimeline;
  name: string;
  window: Window | null;
  onSelect: (window: Window) => void;
}) {
  const row = [...timeline.features, timeline.score, timeline.prediction].find((each) => each?.name === name);
  const axis = useMemo(
    () =>
      prepareAxis(
        timeline.buckets.map(({ start }) => start),
        timeline.bucket,
      ),
    [timeline],
  );
  const points = useMemo(() => {
    if (!axis || !row) return [];
    const buckets = timeline.buckets.map((bucket, index) => ({ ...bucket, index }));
    return alignTo(axis, buckets).map((bucket) => {
      const band = bucket ? (row.band[bucket.index] ?? null) : null;
      return {
        value: bucket ? (row.effect[bucket.index] ?? null) : null,
        n: bucket ? (row.n[bucket.index] ?? 0) : 0,
        ripe: !bucket?.filling,
        band: band === null ? null : ([0, band] as const),
      };
    });
  }, [axis, row, timeline]);
  const lanes = useMemo((): Lane[] => {
    if (!row || points.every(({ value }) => value === null)) return [];
    const top = Math.max(
      row.effect_floor,
      ...points.map(({ value, band }) => Math.max(value ?? 0, band?.[1] ?? 0)),
    );
    const domain: Domain = [0, top * 1.06];
    return [
      {
        key: "course",
        height: 70,
        gapAbove: 0,
        label: <span className="text-mute">distance</span>,
        marks: (height) =>
          roundTicks(domain, 4).map((tick) => ({ y: heightOf(domain, tick, height), text: `${tick}` })),
        draw: (size) => <LineLane points={points} domain={domain} baseline={row.effect_floor} {...size} />,
      },
    ];
  }, [row, points]);
  if (!axis || lanes.length === 0) return null;
  return (
    <>
      <p className="mb-1 text-2xs text-mute">
        Distance per {timeline.bucket}; grey: what chance gives; dots: the floor of {row?.effect_floor}.
      </p>
      <TimeFrame
        axis={axis}
        lanes={lanes}
        label={`Distance of ${name} per ${timeline.bucket}`}
        selection={window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null}
        selectionText={(span) => formatWindow(wireWindow(span))}
        onSelect={(span) => onSelect(wireWindow(span))}
        tell={(index) => {
          const point = points[index];
          return (
            <>
              <p className="font-semibold">{bucketName(axis, index)}</p>
              <p>
                {point?.value == null ? "nothing measured" : `distance ${formatScore(point.value)}`}
                <span className="text-mute">
                  {point?.band ? `, chance to ${formatScore(point.band[1])}` : ""}, n ={" "}
                  {formatCount(point?.n ?? 0)}
                </span>
              </p>
            </>
          );
        }}
      />
    </>
  );
}
