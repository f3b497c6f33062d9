import { isSystemMetric } from "./columns";
import type { RunDetail } from "./run-schema";

/** Something that runs have in common and may differ in: a param, or the last value of a metric. */
export type Dimension = {
  /** As columns are named: `params.lr`, `metrics.acc`. */
  id: string;
  key: string;
  kind: "param" | "metric";
  /** Whether every value that is there is a number. */
  numeric: boolean;
  /** One a run, in their order; null = not logged, or not finite. */
  values: (number | string | null)[];
  /** Not the same in all runs. */
  varies: boolean;
};

/** Params and metrics of some runs, by name; those of machines are left out. */
export function dimensionsOf(runs: readonly RunDetail[]): Dimension[] {
  const params = names(runs.map((run) => run.params)).map((key): Dimension => {
    const texts = runs.map((run) => run.params.find((param) => param.key === key)?.value ?? null);
    const numeric = texts.every(
      (text) => text === null || (text.trim() !== "" && Number.isFinite(Number(text))),
    );
    return dimension(
      "param",
      key,
      texts.map((text) => (text === null || !numeric ? text : Number(text))),
      numeric,
    );
  });
  const metrics = names(runs.map((run) => run.metrics))
    .filter((key) => !isSystemMetric(key))
    .map((key): Dimension => {
      const values = runs.map((run) => {
        const last = run.metrics.find((metric) => metric.key === key)?.last;
        return typeof last === "number" ? last : null;
      });
      return dimension("metric", key, values, true);
    });
  return [...params, ...metrics];
}

const names = (lists: readonly (readonly { key: string }[])[]): string[] =>
  [...new Set(lists.flatMap((list) => list.map(({ key }) => key)))].sort();

const dimension = (
  kind: Dimension["kind"],
  key: string,
  values: Dimension["values"],
  numeric: boolean,
): Dimension => ({ id: `${kind}s.${key}`, key, kind, numeric, values, varies: new Set(values).size > 1 });
