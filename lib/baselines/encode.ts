import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { Task } from "@/lib/models/schema";
import {
  categoryValues,
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
import { numberWord } from "@/lib/predictions/word";
import { MOST_CATEGORIES } from "./column-builder";
import type { Outline, Placement } from "./draft";
import type { BaselineColumns } from "./held-columns";
import type { ReadFile } from "./reader";

/** A baseline as it is stored: columns by feature_id in row order, NaN = missing, words as codes. */
export type EncodedBaseline = {
  record: VersionRecord;
  rows: number;
  featureIds: number[];
  columns: BaselineColumns;
  notes: string[];
};

const CODE_BATCH = 10_000;

type FileColumn = Outline["columns"][number];

/** Settles what the file teaches about the version (columns, task, dictionaries) and turns its words into codes. */
export async function encodeFile(
  db: Database,
  before: VersionRecord,
  file: Omit<ReadFile, "close">,
): Promise<EncodedBaseline> {
  const { outline } = file;
  const notes: string[] = [];
  if (outline.unknown.length > 0)
    notes.push(`left out, not in the version's schema: ${list(outline.unknown)}`);
  if (outline.ignored.length > 0) notes.push(`left out, they describe the row: ${list(outline.ignored)}`);
  const usable = outline.columns.filter((column) => {
    if (!column.overflowing) return true;
    notes.push(
      `left out: "${column.name}" has more than ${MOST_CATEGORIES} different values, so it is no category`,
    );
    return false;
  });
  const task = before.task ?? (await settleOutcome(db, before, outline.task, notes));
  const record = await settleColumns(db, before, usable);
  const placements: Placement[] = [];
  for (const column of usable) {
    const featureId = placeOf(record, column);
    placements.push({
      column: outline.columns.indexOf(column),
      featureId,
      ...(await encodeWords(db, record, { column, untyped: outline.untyped, featureId, task })),
    });
  }
  const columns = await file.place(placements);
  if (record.task === "classification" && record.positiveClass === null) {
    const ranked = (await columns.classScores()).sort(([, a], [, b]) => b - a);
    // Of two classes the positive one is that which is predicted at the higher score.
    if (ranked.length === 2) await settlePositiveClass(db, record.modelId, ranked[0]![0]);
  }
  return {
    record: await getVersion(db, record.model, record.version),
    rows: outline.rows,
    featureIds: placements.map(({ featureId }) => featureId),
    columns,
    notes,
  };
}

function placeOf(record: VersionRecord, { role, name }: FileColumn): number {
  if (role === "prediction") return PREDICTION;
  if (role === "score") return SCORE;
  if (role === "label") return LABEL;
  return record.columns.find((column) => column.role === role && column.name === name)!.id;
}

/** Adds columns and types the version lacks. @throws `conflict` when another writer has settled them differently */
async function settleColumns(
  db: Database,
  before: VersionRecord,
  usable: readonly FileColumn[],
): Promise<VersionRecord> {
  const wanted = usable.flatMap(({ role, name, found }) =>
    role === "feature" || role === "segment" ? [{ role, name, type: found }] : [],
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

/** Settles the model's task by how the file's predictions and labels were read. */
async function settleOutcome(
  db: Database,
  { modelId, model, version }: VersionRecord,
  task: Task | null,
  notes: string[],
): Promise<Task | null> {
  if (task === null) return null;
  await settleTask(db, modelId, task);
  const settled = (await getVersion(db, model, version)).task;
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

async function encodeWords(
  db: Database,
  record: VersionRecord,
  {
    column: { role, words },
    untyped,
    featureId,
    task,
  }: { column: FileColumn; untyped: boolean; featureId: number; task: Task | null },
): Promise<Pick<Placement, "codes" | "blank">> {
  if (words.length === 0) return { codes: null, blank: false };
  const outcome = role === "prediction" || role === "label";
  if (outcome && task === null) return { codes: null, blank: true };
  const known = async () =>
    new Set(
      outcome ? record.classes : (await categoryValues(db, record, [featureId])).get(featureId)!.values(),
    );
  const names = untyped && words.some(isRespelt) ? matchNumbers(words, await known()) : words;
  const codes = outcome
    ? await ensureClasses(db, record.modelId, names)
    : await categoryCodes(db, record, { id: featureId, words: names });
  return { codes: Float64Array.from(names, (name) => codes.get(name) ?? Number.NaN), blank: false };
}

const isRespelt = (word: string) => (numberWord(word) ?? word) !== word;

/**
 * The classes or categories that the words of an untyped column mean. "1.0" is "1.0" where that is known, else "1" where
 * that is known or where all words are numbers: pandas spells whole numbers so as soon as one is missing.
 */
export function matchNumbers(words: readonly string[], known: ReadonlySet<string>): string[] {
  const numbers = words.map(numberWord);
  const areNumbers = numbers.every((number) => number !== null);
  return words.map((word, i) => {
    const number = numbers[i];
    return number != null && !known.has(word) && (areNumbers || known.has(number)) ? number : word;
  });
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

const list = (names: readonly string[]) =>
  names
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(", ") + (names.length > 20 ? ` and ${names.length - 20} more` : "");
