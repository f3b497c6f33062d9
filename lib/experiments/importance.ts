import { seeded } from "@/lib/seeded";
import { permutationImportance } from "@/lib/stats/permutation-importance";
import type { Dimension } from "./dimensions";

export type ParamImportance = {
  key: string;
  /** In units of the metric's variance. */
  importance: number;
  /** Spearman's rank correlation with the metric: its sign says which way; null for categories. */
  correlation: number | null;
};

/** Fewer runs say nothing about a sweep. */
export const LEAST_RUNS = 8;

/** Which params a metric depends on among some runs, the most important first; null where there are too few. */
export function paramImportance(
  params: readonly Dimension[],
  metric: Dimension,
): { runs: number; params: ParamImportance[] } | null {
  const places = metric.values
    .map((_, place) => place)
    .filter((place) => typeof metric.values[place] === "number");
  const varying = params.filter((param) => param.kind === "param" && param.varies);
  if (places.length < LEAST_RUNS || varying.length === 0) return null;
  const coded = varying.map((param) => codes(param, places));
  const outcome = places.map((place) => metric.values[place] as number);
  const rows = places.map((_, row) => coded.map((column) => column[row]!));
  const random = seeded(1);
  const importance = permutationImportance(rows, outcome, () => random.uniform());
  return {
    runs: places.length,
    params: varying
      .map(({ key, numeric }, at) => ({
        key,
        importance: importance[at]!,
        correlation: numeric ? rankCorrelation(coded[at]!, outcome) : null,
      }))
      .sort((a, b) => b.importance - a.importance),
  };
}

/** Numbers as they are; categories by name; what is missing lies below all. */
function codes(param: Dimension, places: readonly number[]): number[] {
  const values = places.map((place) => param.values[place] ?? null);
  if (param.numeric) {
    const numbers = values.filter((value) => value !== null) as number[];
    const missing = Math.min(0, ...numbers) - 1;
    return values.map((value) => (value === null ? missing : (value as number)));
  }
  const order = [...new Set(values.map(String))].sort();
  return values.map((value) => order.indexOf(String(value)));
}

/** Pearson's correlation of mid-ranks; null where one side does not vary. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  const x = ranks(a);
  const y = ranks(b);
  const middle = (a.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - middle) * (y[i]! - middle);
    xx += (x[i]! - middle) ** 2;
    yy += (y[i]! - middle) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!);
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let at = from; at <= to; at++) out[order[at]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return out;
}
