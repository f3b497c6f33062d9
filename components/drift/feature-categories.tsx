"use client";

import { useMemo, useState } from "react";
import { CategoryChart } from "@/components/charts/category-chart";
import { FiguresButton } from "@/components/report/figures-button";
import { prepareCategories } from "@/lib/charts/categories";
import type { FeatureDrift, Histogram } from "@/lib/drift/schema";
import { binFigures } from "./bin-figures";

const CAP = 12;

/** A category's shares before and now, the ones that changed most where there are many. */
export function FeatureCategories({ feature, histogram }: { feature: FeatureDrift; histogram: Histogram }) {
  const [all, setAll] = useState(false);
  const bars = useMemo(
    () =>
      prepareCategories({
        histogram,
        newCategories: feature.new_categories,
        cap: all ? Number.POSITIVE_INFINITY : CAP,
      }),
    [histogram, feature.new_categories, all],
  );
  return (
    <>
      <CategoryChart
        bars={bars}
        otherCategories={histogram.other_categories}
        label={`${feature.name}: share of rows per category, reference against current`}
        topPsi={Math.max(0, ...histogram.psi_contribution.map(Math.abs))}
      />
      <p className="mt-1 flex flex-wrap gap-x-3 text-2xs text-mute">
        {bars.hidden > 0 ? (
          <span>
            the {bars.bars.length} that changed most of {histogram.categories.length}
          </span>
        ) : null}
        {bars.hidden > 0 || all ? (
          <button type="button" className="text-accent hover:underline" onClick={() => setAll(!all)}>
            {all ? `Show the ${CAP} that changed most` : "Show all"}
          </button>
        ) : null}
        <FiguresButton figures={() => binFigures(feature, histogram)}>Counts as a table</FiguresButton>
      </p>
    </>
  );
}
