import { formatWindow } from "@/lib/charts/format";
import type { DriftReport } from "./schema";

/** What a sentence calls the reference; how many rows and from when stands in its label. */
export function referenceName({ kind, window, segment_applied }: DriftReport["reference"]): string {
  // A baseline file without the segment's column cannot be cut by it.
  if (segment_applied === false) return "the whole baseline, which is not cut by the segment";
  if (kind === "baseline") return "the baseline";
  if (kind === "previous") return "the period before";
  return window ? formatWindow(window) : "the chosen window";
}
