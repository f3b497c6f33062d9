import { isSystemMetric } from "./columns";
import type { ComparedRun } from "./compared";

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
export function dimensionsOf(runs: readonly ComparedRun[]): Dimension[] {
  const given = runs.map((run) => new Map(run.params.map(({ key, value }) => [key, value])));
  const measured = runs.map((run) => new Map(run.metrics.map(({ key, last }) => [key, last])));
  const params = names(given).map((key): Dimension => {
    const texts = given.map((each) => each.get(key) ?? null);
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
  const metrics = names(measured)
    .filter((key) => !isSystemMetric(key))
    .map((key): Dimension => {
      const values = measured.map((each) => {
        const last = each.get(key);
        return typeof last === "number" ? last : null;
      });
      return dimension("metric", key, values, true);
    });
  return [...params, ...metrics];
}

const names = (maps: readonly ReadonlyMap<string, unknown>[]): string[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();

const dimension = (
  kind: Dimension["kind"],
  key: string,
  values: Dimension["values"],
  numeric: boolean,
): Dimension => ({ id: `${kind}s.${key}`, key, kind, numeric, values, varies: new Set(values).size > 1 });

/** Measured on data that was held out, as far as its name says. */
const HELD_OUT = /(^|[^a-z])(val|valid|validation|test|eval|holdout|objective|value)([^a-z]|$)/i;

/** What a sweep is about where nobody says: a metric that varies, of held-out data if there is one. */
export function mainMetric(dimensions: readonly Dimension[], id: string | null = null): Dimension | null {
  const metrics = dimensions.filter(({ kind }) => kind === "metric");
  const varying = metrics.filter(({ varies }) => varies);
  return (
    metrics.find((metric) => metric.id === id) ??
    varying.find(({ key }) => HELD_OUT.test(key)) ??
    varying[0] ??
    metrics[0] ??
    null
  );
}
