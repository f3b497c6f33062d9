import type { FeatureType, Thresholds } from "@/lib/models/schema";
import { benjaminiHochberg } from "@/lib/stats/benjamini-hochberg";
import type { Sides } from "@/lib/stats/sample";
import type { Bins } from "@/lib/summaries/binner";
import { compareCategories } from "./compare-categories";
import { compareNumbers, dense, type Side } from "./compare-numbers";
import { missingFinding, newCategoryFinding, rangeFinding, smallCountsFinding } from "./findings";
import type { FeatureDrift, Finding, Severity } from "./schema";

/** A column as both sides know it. */
export type ColumnSides = {
  name: string;
  type: FeatureType | null;
  unit: string | null;
  thresholds: Thresholds;
  /** null: the reference has no such column. */
  reference: Side | null;
  current: Side;
  bins: Bins;
  /** Which edges bound the bars; null = chosen from the reference. */
  display: readonly number[] | null;
  nameOf: (code: number) => string;
  against: { what: string; isBaseline: boolean };
};

/** Severity of an effect: below 0.1 low, below 0.3 medium, else high. */
export function severityOf(effect: number): Severity {
  return effect < 0.1 ? "low" : effect < 0.3 ? "medium" : "high";
}

/**
 * Compares one column's two sides. A column that cannot be compared is a state with its reason; this never throws
 * for what the data hold. The verdict comes with {@link decide}, since it depends on how many are tested.
 */
export function compareColumn(column: ColumnSides): FeatureDrift {
  const base = emptyDrift(column);
  const findings: Finding[] = [];
  const note = (finding: Finding | null) => {
    if (finding) findings.push(finding);
  };
  if (column.reference) {
    note(
      missingFinding(
        { reference: column.reference.histogram, current: column.current.histogram },
        column.thresholds.alpha,
      ),
    );
  }
  const reason = whyNot(column);
  if (reason !== null) return { ...base, state: "not_computable", reason, findings };
  const sides = { reference: column.reference!, current: column.current };
  if (column.type === "categorical") {
    const histograms = { reference: sides.reference.histogram, current: sides.current.histogram };
    const { minExpected, newCategories, ...compared } = compareCategories(histograms, column.nameOf);
    note(newCategoryFinding(newCategories, base.n_current));
    note(smallCountsFinding(minExpected, base.n_current));
    return { ...base, ...compared, severity: severityOf(compared.effect!), findings };
  }
  const compared = compareNumbers(sides, column);
  note(rangeOf(column, sides));
  return { ...base, ...compared, severity: severityOf(compared.effect!), findings };
}

function rangeOf(column: ColumnSides, sides: Sides<Side>): Finding | null {
  const { min, max, n: nReference } = sides.reference.histogram;
  if (!column.against.isBaseline || column.bins.kind !== "edges" || min === null || max === null) return null;
  const { histogram } = sides.current;
  const counts = dense(histogram, column.bins.edges.length + 1);
  // The outermost edges are the baseline's own smallest and largest value, so these counts are exact.
  const [below, above] = [counts[0]!, counts[counts.length - 1]!];
  return rangeFinding({ below, above, n: histogram.n, nReference }, { min, max }, column.thresholds.alpha);
}

function whyNot({
  name,
  type,
  reference,
  current,
  against: { what, isBaseline },
}: ColumnSides): string | null {
  const { n, missing } = current.histogram;
  if (type === null)
    return "no value has been seen yet, so it is not known whether it is a number or a category";
  if (n === 0) {
    return missing > 0 ? allLack(missing, "the window") : "the window has no rows: widen it";
  }
  if (reference === null) {
    return isBaseline
      ? `the baseline has no column "${name}": put a baseline that has it, or compare with the period before`
      : `${what} has no column "${name}"`;
  }
  if (reference.histogram.n > 0) return null;
  return reference.histogram.missing > 0 ? allLack(reference.histogram.missing, what) : `${what} has no rows`;
}

const allLack = (rows: number, of: string) =>
  rows === 1
    ? `the only row of ${of} lacks a value`
    : `all ${rows.toLocaleString("en-US")} rows of ${of} lack a value`;

/**
 * The verdict on features that were tested together: significant after Benjamini–Hochberg across them, and of a size
 * that counts; drift is both. A size counts from the floor on and beyond what chance gives: many rare categories in few
 * rows lie far from any reference, and chi-square is rough just there. A floor of 0 is the textbook rule: p alone.
 */
export function decide(features: readonly FeatureDrift[]): FeatureDrift[] {
  const q = benjaminiHochberg(features.map((feature) => feature.p_value));
  return features.map((feature, i) => {
    const adjusted = q[i] ?? null;
    if (adjusted === null || feature.effect === null) return feature;
    const significant = adjusted < feature.alpha;
    const { effect, effect_floor: floor, effect_band: band } = feature;
    const sizeable = effect >= floor && (floor === 0 || band === null || effect > band);
    return { ...feature, q_value: adjusted, significant, sizeable, drift_detected: significant && sizeable };
  });
}

function emptyDrift({ name, type, unit, thresholds, reference, current }: ColumnSides): FeatureDrift {
  return {
    name,
    type,
    unit,
    state: "ok",
    reason: null,
    method: null,
    statistic: null,
    error_bound: null,
    location: null,
    p_value: null,
    q_value: null,
    effect: null,
    effect_band: null,
    effect_floor: thresholds.effect_floor,
    alpha: thresholds.alpha,
    significant: null,
    sizeable: null,
    drift_detected: null,
    severity: null,
    direction: null,
    mean_reference: null,
    mean_current: null,
    deviation_reference: null,
    deviation_current: null,
    psi: null,
    psi_band: null,
    js_distance: null,
    js_band: null,
    kl_divergence: null,
    wasserstein: null,
    wasserstein_scaled: null,
    scoring: null,
    new_categories: [],
    findings: [],
    n_reference: reference?.histogram.n ?? 0,
    n_current: current.histogram.n,
    missing_reference: reference?.histogram.missing ?? 0,
    missing_current: current.histogram.missing,
    histogram: null,
  };
}
