"use client";

import { useMemo, useState } from "react";
import { HistogramChart } from "@/components/charts/histogram-chart";
import { FiguresButton } from "@/components/report/figures-button";
import { formatCount, formatScore, formatShare, formatValue } from "@/lib/charts/format";
import { type BinLayout, prepareHistogram } from "@/lib/charts/histogram";
import type { FeatureDrift, Histogram } from "@/lib/drift/schema";
import { binFigures } from "./bin-figures";

/** A number's two distributions, with the widest gap and what each bin adds to PSI. */
export function FeatureHistogram({ feature, histogram }: { feature: FeatureDrift; histogram: Histogram }) {
  const [layout, setLayout] = useState<BinLayout | undefined>();
  const drawn = useMemo(() => prepareHistogram(histogram, layout), [histogram, layout]);
  if (!drawn) return null;
  const { unit, location, effect } = feature;
  const after = unit ? ` ${unit}` : "";
  const gapText =
    location === null || effect === null
      ? null
      : `widest gap: ${formatValue(effect * 100, 2)} points at ${formatValue(location, 3)}${after}`;
  const clipped = drawn.bins.filter((bin) => bin.clipped);
  return (
    <>
      <HistogramChart
        histogram={drawn}
        unit={unit}
        location={location}
        gapText={gapText}
        label={`${feature.name}: reference against current in ${drawn.bins.length} bins. ${gapText ?? ""}`}
        tell={(bin) => (
          <>
            <p className="mb-1 font-semibold">
              {formatValue(bin.from)} to {formatValue(bin.to)}
              {after}
            </p>
            <dl className="grid grid-cols-[1fr_auto_auto] gap-x-3">
              <dt className="text-mute">reference</dt>
              <dd className="text-right">{formatCount(bin.referenceN)}</dd>
              <dd className="text-right">{formatShare(bin.referenceShare)}</dd>
              <dt className="text-mute">current</dt>
              <dd className="text-right">{formatCount(bin.currentN)}</dd>
              <dd className="text-right">{formatShare(bin.currentShare)}</dd>
              <dt className="text-mute">adds to PSI</dt>
              <dd className="col-span-2 text-right">{formatScore(bin.psi, 4)}</dd>
            </dl>
          </>
        )}
      />
      <p className="flex flex-wrap gap-x-3 text-2xs text-mute">
        {clipped.map((bin) => (
          <span key={bin.from}>
            the bin {formatValue(bin.from)} to {formatValue(bin.to)}
            {after} is drawn short
          </span>
        ))}
        {drawn.equalWidths ? null : (
          <button
            type="button"
            className="text-accent hover:underline"
            onClick={() => setLayout(drawn.layout === "widths" ? "bins" : "widths")}
          >
            {drawn.layout === "widths" ? "Draw bins equally wide" : "Draw bins at their true width"}
          </button>
        )}
        <FiguresButton figures={() => binFigures(feature, histogram)}>Counts as a table</FiguresButton>
      </p>
    </>
  );
}
