import type { AxisKind } from "@/lib/charts/axis";
import type { Dimension } from "./dimensions";

/** From this ratio of the largest to the smallest on, positive values were spread by factors, not by steps. */
const BY_FACTORS = 15;

/** A dimension along an axis: numbers by size, or by their logarithm where they are spread so; categories by name. */
export function placesOf({ numeric, values }: Pick<Dimension, "numeric" | "values">): {
  values: (number | null)[];
  kind: AxisKind;
  /** Of categories, by their place; null of numbers. */
  names: string[] | null;
} {
  if (!numeric) {
    const names = [...new Set(values.filter((value) => value !== null).map(String))].sort();
    return {
      values: values.map((value) => (value === null ? null : names.indexOf(String(value)))),
      kind: "linear",
      names,
    };
  }
  const numbers = values.map((value) => (typeof value === "number" ? value : null));
  const there = numbers.filter((value) => value !== null);
  const low = Math.min(...there);
  const log = there.length > 1 && low > 0 && Math.max(...there) / low >= BY_FACTORS;
  return { values: numbers, kind: log ? "log" : "linear", names: null };
}
