import { isSystemMetric, isSystemTag } from "./columns";
import type { RunDetail } from "./run-schema";

export type DifferenceRow = {
  key: string;
  /** One a run; null = not there. */
  values: (string | number | null)[];
  /** Not the same in all runs. */
  differs: boolean;
};

export type DifferenceSection = { title: string; rows: DifferenceRow[] };

/** Tags in which clients note where and with what a run was made. */
const ENVIRONMENT = /^mlflow\.(source|git|user|project|docker|databricks|host)/;

/** What runs were given, measured and read, side by side; empty sections are left out. */
export function differencesOf(runs: readonly RunDetail[]): DifferenceSection[] {
  const pairs = (of: (run: RunDetail) => readonly { key: string; value: string | number | null }[]) => {
    const maps = runs.map((run) => new Map(of(run).map(({ key, value }) => [key, value])));
    const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
    return keys.map((key): DifferenceRow => {
      const values = maps.map((map) => map.get(key) ?? null);
      return { key, values, differs: new Set(values).size > 1 };
    });
  };
  return [
    { title: "Params", rows: pairs((run) => run.params) },
    {
      title: "Metrics, last",
      rows: pairs((run) =>
        run.metrics.filter(({ key }) => !isSystemMetric(key)).map(({ key, last }) => ({ key, value: last })),
      ),
    },
    {
      title: "Data",
      rows: pairs((run) =>
        run.inputs.map(({ name, context, digest }) => ({
          key: context ? `${name} (${context})` : name,
          value: digest,
        })),
      ),
    },
    { title: "Tags", rows: pairs((run) => run.tags.filter(({ key }) => !isSystemTag(key))) },
    {
      title: "Environment",
      rows: pairs((run) => [
        { key: "user", value: run.user_id },
        { key: "status", value: run.status },
        ...run.tags.filter(({ key }) => ENVIRONMENT.test(key)),
      ]),
    },
  ].filter(({ rows }) => rows.length > 0);
}
