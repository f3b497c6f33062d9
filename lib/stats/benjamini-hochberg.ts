/**
 * Benjamini–Hochberg adjusted p-values (q-values): the smallest false discovery rate at which each test
 * would still be called. Testing 20 features at p < 0.05 raises a false alarm in 64 % of quiet windows;
 * q < 0.05 over the same 20 raises one in about 5 %.
 *
 * Variant: step-up, equal to `scipy.stats.false_discovery_control(method="bh")`. Holds for independent and
 * positively dependent tests; correlated features make it conservative.
 *
 * @param pValues one p-value in [0, 1] a test, in any order; null for a test that could not be computed
 * @returns a q-value in [0, 1] a test, in the order given, never below its p-value. A null stays null and
 *   does not count as a test. O(k log k).
 * @see Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x
 * @example benjaminiHochberg([0.01, 0.04, null, 0.03]) // [0.03, 0.04, null, 0.04]
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  tested.sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  tested.forEach(({ p, index }, fromLargest) => {
    const rank = tested.length - fromLargest;
    smallest = Math.min(smallest, (p * tested.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
