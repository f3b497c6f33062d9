import type { AxisKind } from "@/lib/charts/axis";
import type { CurveAxis } from "@/lib/charts/curves";
import type { ComparedRun } from "@/lib/experiments/compared";
import type { Dimension } from "@/lib/experiments/dimensions";

export const COMPARE_TABS = [
  "study",
  "curves",
  "diff",
  "parallel",
  "scatter",
  "contour",
  "importance",
  "files",
] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];

/** What a comparison looks at; all of it is in the URL, which is how it is saved and shared. */
export type CompareView = {
  /** Runs by name; empty where an experiment is searched instead. */
  runs: string[];
  experiment: string | null;
  /** Of its runs those that meet this, in MLflow's grammar, with OR. */
  q: string;
  /** Of its runs the children of this one. */
  parent: string | null;
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
  /** Of the contour: what its heights are; its sides are px and py. */
  pz: string | null;
  /** The metric that importance explains and a study is about. */
  target: string | null;
  /** Whether less or more of it is better; null = as the runs say. */
  goal: "min" | "max" | null;
  file: string | null;
  /** The saved view that was opened; the rest may have left it since. */
  saved: string | null;
};
export type ChangeCompare = (change: Partial<CompareView>) => void;

/** What a tab of a comparison draws. */
export type CompareTabProps = {
  runs: readonly ComparedRun[];
  dimensions: readonly Dimension[];
  view: CompareView;
  onChange: ChangeCompare;
};
