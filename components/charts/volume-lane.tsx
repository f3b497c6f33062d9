import { prepareVolume, type VolumeParts } from "@/lib/charts/volume";

/** Predictions per bucket: labelled, still without a label (pale, outlined), failed (hatched, on top). */
export function VolumeLane({
  buckets,
  width,
  height,
}: {
  buckets: readonly (VolumeParts | null)[];
  width: number;
  height: number;
}) {
  const volume = prepareVolume({ buckets, width, height });
  return (
    <>
      <path d={volume.labelled} className="fill-chart-volume" />
      <path
        d={volume.waiting}
        className="fill-chart-volume-pale stroke-chart-volume"
        strokeWidth={0.4}
        strokeDasharray="1.5"
      />
      <path d={volume.errors} className="fill-high" />
      <line x1={0} x2={width} y1={height} y2={height} className="stroke-line" />
    </>
  );
}
