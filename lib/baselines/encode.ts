import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { FeatureType, Task } from "@/lib/models/schema";
import {
  ensureCategories,
  ensureClasses,
  ensureColumns,
  getVersion,
  LABEL,
  PREDICTION,
  SCORE,
  settlePositiveClass,
  settleTask,
  type VersionRecord,
} from "@/lib/models/store";
import { MOST_CATEGORIES } from "./column-builder";
import type { Table, TableColumn } from "./table";

/** A baseline as it is stored: columns by feature_id in row order, NaN = missing, words as codes. */
export type EncodedBaseline = {
  record: VersionRecord;
  rows: number;
  columns: Map<number, Float64Array>;
  notes: string[];
};

const CODE_BATCH = 10_000;

/** Settles what the file teaches about the version (columns, task, dictionaries) and turns its words into codes. */
export async function encodeTable(db: Database, table: Table): Promise<EncodedBaseline> {
  const notes: string[] = [];
  if (table.unknown.size > 0) notes.push(`left out, not in the version's schema: ${list(table.unknown)}`);
  if (table.ignored.size > 0) notes.push(`left out, they describe the row: ${list(table.ignored)}`);
  for (const { builder } of table.columns) builder.normaliseBooleans();
  const usable = table.columns.filter((column) => {
    if (!column.builder.overflowing) return true;
    notes.push(
      `left out: "${column.name}" has more than ${MOST_CATEGORIES} different values, so it is no category`,
    );
    return false;
  });
  const task = await settleOutcome(db, table, usable, notes);
  const record = await settleColumns(db, table.record, usable);
  const columns = new Map<number, Float64Array>();
  for (const column of usable) {
    const id = placeOf(record, column);
    columns.set(id, await encodeColumn(db, record, { column, id, task }));
  }
  await settlePositive(db, record, columns);
  return { record: await getVersion(db, record.model, record.version), rows: table.rows, columns, notes };
}

function placeOf(record: VersionRecord, { role, name }: TableColumn): number {
  if (role === "prediction") return PREDICTION;
  if (role === "score") return SCORE;
  if (role === "label") return LABEL;
  return record.columns.find((column) => column.role === role && column.name === name)!.id;
}

/** Adds columns and types the version lacks. @throws `conflict` when another writer has settled them differently */
async function settleColumns(
  db: Database,
  before: VersionRecord,
  usable: readonly TableColumn[],
): Promise<VersionRecord> {
  const wanted = usable.flatMap(({ role, name, builder }) =>
    role === "feature" || role === "segment"
      ? [{ role, name, type: builder.found as FeatureType | null }]
      : [],
  );
  await ensureColumns(db, before, wanted);
  const record = await getVersion(db, before.model, before.version);
  for (const { role, name, type } of wanted) {
    const settled = record.columns.find((column) => column.role === role && column.name === name);
    if (settled && (type === null || settled.type === type)) continue;
    throw new TidemarkError(
      "conflict",
      `column "${name}" became ${settled?.type ?? "unknown"} while the file was read as ${type}: send the file again`,
    );
  }
  return record;
}

/** Reads predictions and labels as classes or as numbers, both alike, and settles the model's task by it. */
async function settleOutcome(
  db: Database,
  { record }: Table,
  usable: readonly TableColumn[],
  notes: string[],
): Promise<Task | null> {
  const outcomes = usable.filter(({ role }) => role === "prediction" || role === "label");
  if (outcomes.length === 0 || record.task !== null) return record.task;
  const scored = usable.some(({ role, builder }) => role === "score" && builder.present > 0);
  const present = outcomes.filter(({ builder }) => builder.present > 0);
  if (present.length === 0) return null;
  const flags = present.every(
    ({ builder }) => isFlag(builder.values.view()) || builder.found === "categorical",
  );
  const classes = scored || flags || present.some(({ builder }) => builder.found === "categorical");
  const task = classes ? "classification" : "regression";
  if (classes) for (const { builder } of outcomes) builder.toText();
  for (const { builder } of outcomes) builder.normaliseBooleans();
  await settleTask(db, record.modelId, task);
  const settled = (await getVersion(db, record.model, record.version)).task;
  if (settled !== task) {
    throw new TidemarkError(
      "conflict",
      `the model's task became ${settled} while the file was read: send the file again`,
    );
  }
  notes.push(
    task === "classification"
      ? "predictions and labels are read as classes"
      : "predictions and labels are read as numbers: the model is a regression",
  );
  return task;
}

const isFlag = (values: Float64Array) =>
  values.every((value) => Number.isNaN(value) || value === 0 || value === 1);

async function encodeColumn(
  db: Database,
  record: VersionRecord,
  { column: { role, builder }, id, task }: { column: TableColumn; id: number; task: Task | null },
): Promise<Float64Array> {
  const values = builder.values.view();
  if (builder.words.length === 0) return values;
  const outcome = role === "prediction" || role === "label";
  if (outcome && task === null) return values.map(() => Number.NaN);
  const codes = outcome
    ? await ensureClasses(db, record.modelId, builder.words)
    : await categoryCodes(db, record, { id, words: builder.words });
  const byPlace = Float64Array.from(builder.words, (word) => codes.get(word) ?? Number.NaN);
  return values.map((place) => (Number.isNaN(place) ? place : byPlace[place]!));
}

async function categoryCodes(
  db: Database,
  record: VersionRecord,
  { id, words }: { id: number; words: readonly string[] },
): Promise<Map<string, number>> {
  const codes = new Map<string, number>();
  for (let i = 0; i < words.length; i += CODE_BATCH) {
    const wanted = words.slice(i, i + CODE_BATCH).map((value) => ({ featureId: id, value }));
    for (const { value, code } of await ensureCategories(db, record, wanted)) codes.set(value, code);
  }
  return codes;
}

/** Of two classes the positive one is that which is predicted at the higher score. */
async function settlePositive(
  db: Database,
  record: VersionRecord,
  columns: ReadonlyMap<number, Float64Array>,
): Promise<void> {
  const [prediction, score] = [columns.get(PREDICTION), columns.get(SCORE)];
  if (!prediction || !score || record.task !== "classification" || record.positiveClass !== null) return;
  const means = new Map<number, { sum: number; n: number }>();
  prediction.forEach((code, i) => {
    if (Number.isNaN(code) || Number.isNaN(score[i])) return;
    const entry = means.get(code) ?? { sum: 0, n: 0 };
    entry.sum += score[i]!;
    entry.n++;
    means.set(code, entry);
  });
  const ranked = [...means].sort(([, a], [, b]) => b.sum / b.n - a.sum / a.n);
  if (ranked.length === 2) await settlePositiveClass(db, record.modelId, ranked[0]![0]);
}

const list = (names: ReadonlySet<string>) =>
  [...names]
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(", ") + (names.size > 20 ? ` and ${names.size - 20} more` : "");
