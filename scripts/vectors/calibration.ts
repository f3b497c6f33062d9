/*
 * Prints the measured tables of docs/statistics.md: npx tsx scripts/vectors/calibration.ts
 * Every row is a share of seeded runs without drift (but the power table), n and m as given.
 */
import { chiSquareContingency } from "@/lib/stats/chi-square-contingency";
import { chiSquareUpperTail } from "@/lib/stats/chi-square-distribution";
import { conceptDrift } from "@/lib/stats/concept-drift";
import { jensenShannon } from "@/lib/stats/jensen-shannon";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from "@/lib/stats/kolmogorov-smirnov";
import { jsNoDriftBand, ksNoDriftBand, psiNoDriftBand, tvNoDriftBand } from "@/lib/stats/no-drift-band";
import { populationStability } from "@/lib/stats/population-stability";
import { totalVariation } from "@/lib/stats/total-variation";

let state = 20261123;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function counts(n: number, p: readonly number[]): number[] {
  const cells = p.map(() => 0);
  for (let i = 0; i < n; i++) {
    let left = random();
    let k = 0;
    while (k < p.length - 1 && left >= p[k]!) left -= p[k++]!;
    cells[k]!++;
  }
  return cells;
}

function share(runs: number, fires: () => boolean): string {
  let fired = 0;
  for (let i = 0; i < runs; i++) if (fires()) fired++;
  return (fired / runs).toFixed(3);
}

const even = (k: number): number[] => Array.from({ length: k }, () => 1 / k);
const lopsided = (k: number): number[] => {
  const weights = Array.from({ length: k }, (_, i) => 1 / (i + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};

console.log("chi-square: k, n/m, one-sample form, contingency");
for (const [k, n, m] of [
  [3, 1000, 1000],
  [5, 1000, 1000],
  [20, 1000, 1000],
  [5, 1000, 5000],
  [5, 1000, 100],
] as const) {
  const pairs = Array.from({ length: 4000 }, () => ({
    reference: counts(n, even(k)),
    current: counts(m, even(k)),
  }));
  let next = 0;
  const oneSample = share(pairs.length, () => {
    const { reference, current } = pairs[next++]!;
    const x = reference.reduce((sum, r, i) => sum + (current[i]! - (r * m) / n) ** 2 / ((r * m) / n), 0);
    return chiSquareUpperTail(x, k - 1) < 0.05;
  });
  next = 0;
  const contingency = share(pairs.length, () => chiSquareContingency(pairs[next++]!)!.pValue < 0.05);
  console.log(k, `${n}/${m}`, oneSample, contingency);
}

console.log("Kolmogorov-Smirnov: values, n/m, exact, asymptotic");
for (const [levels, n, m] of [
  [0, 150, 61],
  [0, 700, 200],
  [1000, 500, 300],
  [10, 500, 300],
  [3, 500, 300],
] as const) {
  const draw = (size: number) =>
    Float64Array.from({ length: size }, () => (levels === 0 ? random() : Math.floor(random() * levels)));
  let asymptotic = 0;
  const exact = share(3000, () => {
    const { statistic, pValue } = kolmogorovSmirnov({ reference: draw(n), current: draw(m) })!;
    const sizes = { statistic, nReference: n, nCurrent: m };
    if (kolmogorovSmirnovPValue(sizes, { law: "asymptotic" }).pValue < 0.05) asymptotic++;
    return pValue < 0.05;
  });
  console.log(levels || "continuous", `${n}/${m}`, exact, (asymptotic / 3000).toFixed(3));
}

console.log("no-drift bands left: cells, n/m, PSI, JS, TV");
for (const [name, p, n, m] of [
  ["2 even", even(2), 3000, 500],
  ["10 even", even(10), 1000, 1000],
  ["10 even", even(10), 1000, 100],
  ["24 even", even(24), 10000, 300],
  ["12 lopsided", lopsided(12), 1500, 300],
  ["100 even", even(100), 10000, 1000],
] as const) {
  const runs = 3000;
  const left = { psi: 0, js: 0, tv: 0 };
  const sizes = { nReference: n, nCurrent: m };
  for (let run = 0; run < runs; run++) {
    const sides = { reference: counts(n, p), current: counts(m, p) };
    const pooled = sides.reference.map((r, i) => r + sides.current[i]!);
    if (populationStability(sides)! > psiNoDriftBand({ ...sizes, bins: p.length })!) left.psi++;
    if (jensenShannon(sides)! > jsNoDriftBand({ ...sizes, bins: p.length })!) left.js++;
    if (totalVariation(sides)! > tvNoDriftBand({ ...sizes, counts: pooled })!) left.tv++;
  }
  const rates = [left.psi, left.js, left.tv].map((fired) => (fired / runs).toFixed(3));
  console.log(name, `${n}/${m}`, ...rates);
}
console.log(
  "critical D at 300 and 10,000 a side",
  [300, 10_000].map((n) => ksNoDriftBand({ nReference: n, nCurrent: n })),
);

console.log("concept drift, 100 chunks of 100 against 0.8 ± 0.04: accuracy, share fired");
for (const accuracy of [0.8, 0.75, 0.73, 0.72, 0.715, 0.71, 0.7]) {
  const fired = share(1000, () => {
    const values = Array.from({ length: 100 }, () => counts(100, [accuracy, 1 - accuracy])[0]! / 100);
    return conceptDrift({ values, baselineMean: 0.8, baselineDeviation: 0.04 }).driftDetected;
  });
  console.log(accuracy, fired);
}
