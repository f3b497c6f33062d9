import { formatWindow } from "@/lib/charts/format";
import type { DriftReport } from "./schema";

/** What a sentence calls the reference; how many rows and from when stands in its label. */
export function referenceName({ kind, window }: DriftReport["reference"]): string {
  if (kind === "baseline") return "the baseline";
  if (kind === "previous") return "the period before";
  return window ? formatWindow(window) : "the chosen window";
}
