import type { Sides } from "@/lib/stats/sample";
import { twoProportions } from "@/lib/stats/two-proportions";
import type { Finding } from "./schema";

/** A change of the missing rate below one percentage point is not worth a line, however certain. */
const MISSING_FLOOR = 0.01;

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 2 : 1)} %`;
const count = (n: number) => n.toLocaleString("en-US");
const rowCount = (n: number) => `${count(n)} ${n === 1 ? "row" : "rows"}`;

/** The share of rows without a value, if it has changed both certainly and noticeably. */
export function missingFinding(sides: Sides<{ n: number; missing: number }>, alpha: number): Finding | null {
  const test = twoProportions({
    reference: { hits: sides.reference.missing, n: sides.reference.n + sides.reference.missing },
    current: { hits: sides.current.missing, n: sides.current.n + sides.current.missing },
  });
  if (!test || test.pValue >= alpha || Math.abs(test.difference) < MISSING_FLOOR) return null;
  const rows = sides.current.n + sides.current.missing;
  const share = sides.current.missing / rows;
  return {
    kind: "missing_rate",
    message: `${percent(share)} of ${rowCount(rows)} lack a value, ${percent(share - test.difference)} in the reference`,
    n: sides.current.missing,
    share,
    p_value: test.pValue,
  };
}

/** From here on Stirling's series gives twelve digits, and a product would take as long as there are rows. */
const FEW = 1_000;

/**
 * The probability that, without drift, the k largest (or smallest) of all n + m values all lie in the current sample:
 * C(m, k)/C(n + m, k). O(1).
 * @example chanceBeyond({ n: 100, m: 100, k: 1 }) // 0.5
 */
export function chanceBeyond({ n, m, k }: { n: number; m: number; k: number }): number {
  let p = 1;
  if (k <= FEW) {
    for (let i = 0; i < k && p > 1e-300; i++) p *= (m - i) / (n + m - i);
    return p;
  }
  if (n <= FEW) {
    for (let i = 1; i <= n && p > 1e-300; i++) p *= (m - k + i) / (m + i);
    return p;
  }
  // Differences of ln Γ in which the large terms cancel by themselves. Where m − k is too small for the series, the
  // probability is below 1e-300.
  const [low, high] = [m - k + 1, n + m - k + 1];
  const logs =
    k * Math.log1p(-n / (n + m + 1)) -
    (low - 0.5) * Math.log1p(-k / (m + 1)) +
    (high - 0.5) * Math.log1p(-k / (n + m + 1));
  const rest = (x: number) => 1 / (12 * x);
  return Math.exp(logs + rest(m + 1) - rest(low) - rest(n + m + 1) + rest(high));
}

/** Values outside the baseline's range, where there are more than a larger sample brings by itself. */
export function rangeFinding(
  { below, above, n, nReference }: { below: number; above: number; n: number; nReference: number },
  range: { min: number; max: number },
  alpha: number,
): Finding | null {
  if (below + above === 0) return null;
  // Two looks, at either end.
  const p = Math.min(
    1,
    2 *
      Math.min(
        chanceBeyond({ n: nReference, m: n, k: below }),
        chanceBeyond({ n: nReference, m: n, k: above }),
      ),
  );
  if (p >= alpha) return null;
  const parts = [
    below > 0 ? `${count(below)} below its smallest value ${range.min}` : "",
    above > 0 ? `${count(above)} above its largest value ${range.max}` : "",
  ].filter(Boolean);
  return {
    kind: "out_of_range",
    message: `${percent((below + above) / n)} of the values lie outside the baseline's range: ${parts.join(", ")}`,
    n: below + above,
    share: (below + above) / n,
    p_value: p,
  };
}

/** Categories that the reference does not have at all. */
export function newCategoryFinding(
  fresh: { named: string[]; distinct: number; n: number },
  nCurrent: number,
): Finding | null {
  if (fresh.distinct === 0) return null;
  const named = fresh.named.slice(0, 5).map((name) => `"${name}"`);
  const more = fresh.distinct - named.length;
  return {
    kind: "new_category",
    message: `${rowCount(fresh.n)} (${percent(fresh.n / nCurrent)}) in ${
      fresh.distinct === 1 ? "a category" : `${count(fresh.distinct)} categories`
    } that the reference lacks: ${named.join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`,
    n: fresh.n,
    share: fresh.n / nCurrent,
    p_value: null,
  };
}

/** Chi-square is rough where a cell expects few rows. */
export function smallCountsFinding(minExpected: number, nCurrent: number): Finding | null {
  if (minExpected >= 5) return null;
  return {
    kind: "small_counts",
    message: `the rarest category expects ${minExpected.toPrecision(2)} rows, chi-square wants 5: take the p-value as rough, or widen the window`,
    n: nCurrent,
    share: 1,
    p_value: null,
  };
}
