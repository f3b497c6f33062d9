import type { AxisKind } from "@/lib/charts/axis";
import type { CurveAxis } from "@/lib/charts/curves";

export const COMPARE_TABS = ["curves", "parallel", "scatter", "importance", "diff", "files"] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];

/** What a comparison looks at; all of it is in the URL, which is how it is saved and shared. */
export type CompareView = {
  runs: string[];
  tab: CompareTab;
  /** Metrics that are drawn; null = the first few. */
  metrics: string[] | null;
  x: CurveAxis;
  xs: AxisKind;
  ys: AxisKind;
  smooth: number;
  /** `params.lr` or `tags.team`: runs that share it become a mean with a band. */
  group: string | null;
  /** The run that others are measured against. */
  base: string | null;
  /** Only what differs. */
  diff: boolean;
  /** Of the scatter, as dimensions are named; null = chosen for you. */
  px: string | null;
  py: string | null;
  /** The parallel axes, in their order; null = chosen for you. */
  axes: string[] | null;
  /** The metric that importance explains. */
  target: string | null;
  file: string | null;
};
export type ChangeCompare = (change: Partial<CompareView>) => void;
