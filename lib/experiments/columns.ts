import { TidemarkError } from "@/lib/errors";
import { COLUMN_KINDS, type ColumnKind, METRIC_VALUES } from "./kinds";
import type { ColumnNames, RunColumn } from "./schema";

/** More columns are nobody's table, and a page of them would be megabytes. */
export const MOST_COLUMNS = 2000;
/** Shown where nobody has chosen: the first of each kind. */
const FIRST = { params: 6, metrics: 8 } as const;

/** What machines say of themselves while a run lasts; apart from what the run is about. */
export const isSystemMetric = (key: string): boolean => key.startsWith("system/");
/** Written by clients for their own use, not by the person who logs. */
export const isSystemTag = (key: string): boolean => key.startsWith("mlflow.");

/** `metrics.acc@max` read; null for what is no column. Names hold neither "@" nor "*". */
export function parseColumn(id: string): RunColumn | null {
  const dot = id.indexOf(".");
  const kind = COLUMN_KINDS.find((each) => each === id.slice(0, dot));
  if (!kind) return null;
  const at = id.lastIndexOf("@");
  const said = at > dot ? id.slice(at + 1) : null;
  const key = id.slice(dot + 1, at > dot ? at : undefined);
  const value = METRIC_VALUES.find((each) => each === (said ?? "last"));
  if (key === "" || !value || (said !== null && kind !== "metrics")) return null;
  return { id: columnId({ kind, key, value }), kind, key, value };
}

export const columnId = ({ kind, key, value }: Omit<RunColumn, "id">): string =>
  `${kind}.${key}${value === "last" ? "" : `@${value}`}`;

/**
 * The columns that some words ask for: `metrics.*` is every metric, `metrics.val/*` every one that starts so, each in
 * the place of its word; none twice. No words = a first choice of params and metrics.
 * @throws TidemarkError `bad_request` for what is no column
 */
export function chooseColumns(words: readonly string[], names: ColumnNames): RunColumn[] {
  if (words.length === 0) return firstColumns(names);
  const chosen = new Map<string, RunColumn>();
  for (const word of words) {
    const column = parseColumn(word);
    if (!column) {
      throw new TidemarkError(
        "bad_request",
        `${JSON.stringify(word.slice(0, 100))} is no column: write metrics.acc, metrics.acc@best (or @min, @max), params.lr, tags.team, or metrics.* for all`,
      );
    }
    for (const each of column.key.endsWith("*") ? matching(column, names) : [column])
      chosen.set(each.id, each);
  }
  return [...chosen.values()].slice(0, MOST_COLUMNS);
}

function matching({ kind, key, value }: RunColumn, names: ColumnNames): RunColumn[] {
  const start = key.slice(0, -1);
  const wanted = names[kind].filter(
    (name) => name.startsWith(start) && (start !== "" || !isSystem(kind, name)),
  );
  return wanted.map((name) => ({ kind, key: name, value, id: columnId({ kind, key: name, value }) }));
}

const isSystem = (kind: ColumnKind, name: string) =>
  (kind === "metrics" && isSystemMetric(name)) || (kind === "tags" && isSystemTag(name));

function firstColumns(names: ColumnNames): RunColumn[] {
  return (["params", "metrics"] as const).flatMap((kind) =>
    names[kind]
      .filter((key) => !isSystem(kind, key))
      .slice(0, FIRST[kind])
      .map((key) => ({ kind, key, value: "last" as const, id: columnId({ kind, key, value: "last" }) })),
  );
}

const LESS_IS_BETTER =
  /(^|[^a-z])(loss|error|err|rmse|mse|mae|mape|rmsle|msle|nll|perplexity|ppl|cost|regret|brier|deviance|log_?loss|wer|cer|fid|latency|time|duration|seconds|ms)([^a-z]|$)/;

/** Whether less or more of a metric is better, as far as its name says; more where it says nothing. */
export function betterExtreme(key: string): "min" | "max" {
  return LESS_IS_BETTER.test(key.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase()) ? "min" : "max";
}

/** Which figure of a metric a column shows. */
export const figureOf = ({ key, value }: Pick<RunColumn, "key" | "value">): "last" | "min" | "max" =>
  value === "best" ? betterExtreme(key) : value;
