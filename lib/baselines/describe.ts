import type { Column, VersionRecord } from "@/lib/models/store";
import { PREDICTION, SCORE } from "@/lib/models/store";
import { binEdges } from "@/lib/stats/bin-edges";
import { displayBins } from "@/lib/stats/display-bins";
import { type Bins, CODES } from "@/lib/summaries/binner";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import type { BaselineFeature } from "./store";

/** Whether a column's values are dictionary codes. */
export function isCoded(record: Pick<VersionRecord, "task" | "columns">, featureId: number): boolean {
  if (featureId === SCORE) return false;
  if (featureId <= PREDICTION) return record.task === "classification";
  return record.columns.find((column: Column) => column.id === featureId)?.type === "categorical";
}

/** The distribution of a baseline's column, and for numbers the bins that all later rows are counted in. */
export function describeColumn(featureId: number, values: Float64Array, coded: boolean): BaselineFeature {
  const histogram = emptyHistogram();
  const present = values.filter((value) => !Number.isNaN(value));
  const edges = coded ? new Float64Array(0) : binEdges(present);
  const bins: Bins = coded ? CODES : { kind: "edges", edges };
  countColumn(histogram, bins, present);
  histogram.missing = values.length - present.length;
  if (edges.length === 0) return { featureId, edges, display: [], histogram };
  const reference = new Float64Array(edges.length + 1);
  for (const [key, count] of histogram.counts) reference[key] = count;
  return { featureId, edges, display: displayBins({ edges, reference }).kept, histogram };
}
