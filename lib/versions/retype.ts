import { describeColumn } from "@/lib/baselines/describe";
import { readBaselineColumn } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { FeatureType } from "@/lib/models/schema";
import { type Column, categoryValues, ensureCategories, type VersionRecord } from "@/lib/models/store";
import { countRows, type Retype, readDistinct } from "./store";

/** Rows whose vectors are rewritten in one statement; it takes about a second per 100,000. */
export const MOST_RETYPED_ROWS = 5_000_000;
/** Different numbers that may become categories: more are a measurement, or an id. */
const MOST_CATEGORIES = 50_000;
const CODE_BATCH = 10_000;

/** What lib/stats/exponential-buckets.ts multiplies powers of two by. */
export const ROOTS: readonly number[] = Array.from({ length: 32 }, (_, i) => 2 ** (i / 32));

/**
 * What every stored value of a column becomes under another type, in raw rows and baseline.
 * @throws TidemarkError `bad_request` with the count and an example when some category is not a number, or when there
 * are too many different numbers; `too_large` when there are too many rows
 */
export async function prepareRetype(
  db: Database,
  record: VersionRecord,
  column: Column,
  type: FeatureType,
): Promise<Retype> {
  const n = await countRows(db, record);
  if (n > MOST_RETYPED_ROWS) {
    throw new TidemarkError(
      "too_large",
      `version "${record.version}" has ${n} predictions, and a type is corrected for at most ${MOST_RETYPED_ROWS}: log under a new version with "${column.name}" as a ${type === "numerical" ? "number" : "text"}`,
    );
  }
  const raw = await readDistinct(db, record, column.id, MOST_CATEGORIES);
  const baseline = record.baselineId > 0 ? await readBaselineColumn(db, record, column.id) : null;
  const known = new Map(raw.map(({ value, n }) => [value, n]));
  for (const value of baseline ?? []) {
    if (!Number.isNaN(value) && !known.has(value)) known.set(value, 0);
    if (known.size > MOST_CATEGORIES) break;
  }
  const become =
    type === "categorical"
      ? await numbersToCodes(db, record, column, known)
      : await categoriesToNumbers(db, record, column, known);
  const values = baseline?.map((value) => become.get(value) ?? Number.NaN) ?? null;
  return {
    featureId: column.id,
    type,
    from: [...become.keys()],
    to: [...become.values()],
    roots: ROOTS,
    baseline: values && { values, feature: describeColumn(column.id, values, type === "categorical") },
  };
}

async function numbersToCodes(
  db: Database,
  record: VersionRecord,
  column: Column,
  known: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  if (known.size > MOST_CATEGORIES) {
    throw new TidemarkError(
      "bad_request",
      `features.${column.name} has more than ${MOST_CATEGORIES} different numbers, so it is no category; if it is an id, leave it a number and switch its monitoring off`,
    );
  }
  const wanted = [...known.keys()].map((value) => ({ featureId: column.id, value: String(value) }));
  const codes = new Map<string, number>();
  for (let i = 0; i < wanted.length; i += CODE_BATCH) {
    for (const { value, code } of await ensureCategories(db, record, wanted.slice(i, i + CODE_BATCH))) {
      codes.set(value, code);
    }
  }
  return new Map([...known.keys()].map((value) => [value, codes.get(String(value))!]));
}

async function categoriesToNumbers(
  db: Database,
  record: VersionRecord,
  column: Column,
  known: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const names = (await categoryValues(db, record, [column.id])).get(column.id)!;
  const become = new Map<number, number>();
  const refused: { name: string; n: number }[] = [];
  for (const [code, n] of known) {
    const name = names.get(code) ?? "";
    const value = name.trim() === "" ? Number.NaN : Number(name);
    if (Number.isFinite(value)) become.set(code, value);
    else refused.push({ name, n });
  }
  if (refused.length > 0) {
    const rows = refused.reduce((sum, { n }) => sum + n, 0);
    const example = refused.sort((a, b) => b.n - a.n)[0]!;
    throw new TidemarkError(
      "bad_request",
      `features.${column.name} cannot be a number: ${refused.length === 1 ? "a value is" : `${refused.length} values are`} not one, such as "${example.name.slice(0, 80)}", in ${rows} rows: keep it a category, or log numbers under a new version`,
      { details: refused.slice(0, 20).map(({ name, n }) => ({ value: name.slice(0, 200), rows: n })) },
    );
  }
  return become;
}
