import { HeatLane } from "@/components/charts/heat-lane";
import type { Lane } from "@/components/charts/time-frame";
import { alignTo, type TimeAxis } from "@/lib/charts/time-axis";
import type { DriftTimeline, TimelineRow } from "@/lib/drift/schema";
import { FeatureLabel } from "./feature-label";

/** A lane of cells per feature, then one for what the model itself says. */
export function heatLanes(args: {
  axis: TimeAxis;
  timeline: DriftTimeline;
  features: readonly TimelineRow[];
  chosen: string | null;
  onChoose: (name: string) => void;
}): Lane[] {
  const { axis, timeline, features, chosen, onChoose } = args;
  const places = alignTo(
    axis,
    timeline.buckets.map((bucket, index) => ({ start: bucket.start, index })),
  );
  const onAxis = <T,>(values: readonly T[]) =>
    places.map((place) => (place ? (values[place.index] ?? null) : null));
  const lane = (row: TimelineRow, gapAbove: number, note?: string): Lane => ({
    key: `heat ${row.name}`,
    height: 18,
    gapAbove,
    label: (
      <FeatureLabel
        name={row.name}
        {...(note ? { note } : {})}
        chosen={chosen === row.name}
        onChoose={() => onChoose(row.name)}
      />
    ),
    draw: (size) => <HeatLane effect={onAxis(row.effect)} band={onAxis(row.band)} {...size} />,
  });
  const output = timeline.score ?? timeline.prediction;
  return [
    ...features.map((row, index) => lane(row, index === 0 ? 0 : 2)),
    ...(output ? [lane(output, 6, "output")] : []),
  ];
}
