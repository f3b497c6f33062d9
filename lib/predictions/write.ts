import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { dictionary, loadContext, trimDictionaries, type VersionContext } from "@/lib/models/context";
import {
  ensureCategories,
  ensureClasses,
  ensureColumns,
  ensureVersion,
  settlePositiveClass,
  settleTask,
} from "@/lib/models/store";
import type { Compactor } from "@/lib/summaries/compactor";
import { DAY_MS, summarise } from "@/lib/summaries/summarise";
import { type EncodedRow, encodeRow, isEncoded, Unknown } from "./encode";
import { inferColumns, inferPositiveClass, inferSegments, inferTask } from "./infer";
import type { ParsedRow } from "./parse";
import type { Rejection } from "./schema";
import { ensurePartitions, findStored, insertPredictions, isCurrent } from "./store";

/** The version has changed since rows were encoded. */
const STALE_REVISION = "TM001";
/** Some row is stored already (unique_violation). */
const ALREADY_STORED = "23505";
const NO_PARTITION = "23514";
/** Two writers held rows that the other wanted. */
const DEADLOCK = "40P01";

/** Each refusal settles something for good, so a few rounds suffice; more mean that the version changes all the time. */
const MOST_ROUNDS = 12;

/** What writers keep between batches, and whom they tell what they have written. */
export type WriterCache = {
  contexts: Map<string, VersionContext>;
  months: Set<string>;
  compactor: Compactor;
};

/** What became of each row, by its place in the argument. */
export type Fate = "stored" | "duplicate" | Rejection;

/**
 * Stores rows of one version, each once, with their summaries.
 * The store refuses a batch that was encoded against an older schema or that holds a row it has: then the batch is
 * encoded again, or rid of that row, and sent again.
 */
export async function writePredictions(
  db: Database,
  cache: WriterCache,
  at: { model: string; version: string },
  rows: readonly ParsedRow[],
): Promise<Fate[]> {
  const fates = new Array<Fate | undefined>(rows.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const context = await prepareContext(db, cache, at, rows);
    if (round === 0) trimDictionaries(context);
    const unknown = new Unknown();
    const fresh = encodeOnce(context, rows, fates, unknown);
    if (!unknown.isEmpty) {
      await learn(db, context, unknown);
      continue;
    }
    if (fresh.length === 0) {
      // Nothing goes to the store, which would tell: the rows may break a schema that has been corrected meanwhile.
      const refused = fates.some((fate) => typeof fate === "object");
      if (!refused || (await isCurrent(db, context.record))) return fates as Fate[];
      cache.contexts.delete(contextKey(at));
      continue;
    }
    const { modelId, versionId, revision, baselineId } = context.record;
    const target = { modelId, versionId, revision, baselineId };
    const encoded = fresh.map(({ row }) => row);
    try {
      await preparePartitions(db, cache, encoded);
      const summaries = summarise(encoded, context.bins);
      await insertPredictions(db, target, encoded, summaries);
      cache.compactor.note({ modelId, versionId, baselineId }, summaries);
      for (const { place } of fresh) fates[place] = "stored";
      return fates as Fate[];
    } catch (error) {
      const state = sqlState(error);
      if (state === STALE_REVISION) cache.contexts.delete(contextKey(at));
      else if (state === ALREADY_STORED) {
        for (const found of await findStored(db, target, encoded)) fates[fresh[found]!.place] = "duplicate";
      } else if (state === NO_PARTITION) cache.months.clear();
      else if (state !== DEADLOCK) throw error;
    }
  }
  throw new TidemarkError(
    "overloaded",
    "the version's schema keeps changing while rows arrive; send the batch again",
    {
      retryAfterSeconds: 1,
    },
  );
}

type FreshRow = { place: number; row: EncodedRow };

/** Encodes the rows whose fate is open; the same row twice in one batch is a duplicate of the first. */
function encodeOnce(
  context: VersionContext,
  rows: readonly ParsedRow[],
  fates: (Fate | undefined)[],
  unknown: Unknown,
): FreshRow[] {
  const fresh: FreshRow[] = [];
  for (let place = 0; place < rows.length; place++) {
    if (fates[place] === "duplicate") continue;
    const row = encodeRow(context, rows[place]!, unknown);
    if (!isEncoded(row)) {
      fates[place] = row;
      continue;
    }
    fates[place] = undefined;
    fresh.push({ place, row });
  }
  // One order for all writers, so that two with the same rows wait for each other and do not deadlock. It also puts
  // the same row next to itself, the first one first.
  fresh.sort((a, b) => a.row.tsMs - b.row.tsMs || compareText(a.row.id, b.row.id) || a.place - b.place);
  return fresh.filter(({ place, row }, i) => {
    const before = fresh[i - 1]?.row;
    if (before?.tsMs !== row.tsMs || before.id !== row.id) return true;
    fates[place] = "duplicate";
    return false;
  });
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Gives new words their codes. */
async function learn(db: Database, context: VersionContext, unknown: Unknown): Promise<void> {
  const { categories, classes } = unknown;
  if (categories.length > 0) {
    for (const entry of await ensureCategories(db, context.record, categories)) {
      dictionary(context, entry.featureId).set(entry.value, entry.code);
    }
  }
  if (classes.size > 0) {
    const codes = await ensureClasses(db, context.record.modelId, [...classes]);
    for (const [value, code] of codes) context.classes.set(value, code);
  }
}

/** The version's context, with everything in it that these rows bring for the first time. */
async function prepareContext(
  db: Database,
  cache: WriterCache,
  at: { model: string; version: string },
  rows: readonly ParsedRow[],
): Promise<VersionContext> {
  let context = await getContext(db, cache, at);
  if (!context) {
    await ensureVersion(db, at.model, at.version);
    context = (await getContext(db, cache, at))!;
  }
  if (await settleSchema(db, context, rows)) {
    cache.contexts.delete(contextKey(at));
    context = (await getContext(db, cache, at))!;
  }
  if (context.record.task === "classification" && context.record.positiveClass === null) {
    await settlePositive(db, context, rows);
  }
  return context;
}

/** Writes down what first rows teach about columns and task. @returns whether anything has changed. */
async function settleSchema(
  db: Database,
  context: VersionContext,
  rows: readonly ParsedRow[],
): Promise<boolean> {
  const { record, features, segments } = context;
  const untyped = features.filter((column) => column.type === null);
  const inferred = features.length === 0 || untyped.length > 0 ? inferColumns(rows) : [];
  const columns = [
    ...(features.length === 0
      ? inferred
      : inferred.filter((found) => found.type && untyped.some((column) => column.name === found.name))),
    ...inferSegments(rows, segments),
  ];
  if (columns.length > 0) await ensureColumns(db, record, columns);
  const task = record.task === null ? inferTask(rows) : null;
  if (task) await settleTask(db, record.modelId, task);
  return columns.length > 0 || task !== null;
}

async function settlePositive(
  db: Database,
  context: VersionContext,
  rows: readonly ParsedRow[],
): Promise<void> {
  const name = inferPositiveClass(rows);
  const code = name === null ? undefined : context.classes.get(name);
  if (code === undefined) return;
  await settlePositiveClass(db, context.record.modelId, code);
  context.record.positiveClass = code;
}

async function getContext(db: Database, cache: WriterCache, at: { model: string; version: string }) {
  const cached = cache.contexts.get(contextKey(at));
  if (cached) return cached;
  const loaded = await loadContext(db, at.model, at.version);
  if (loaded) cache.contexts.set(contextKey(at), loaded);
  return loaded;
}

function contextKey(at: { model: string; version: string }): string {
  return `${at.model}\u0000${at.version}`;
}

async function preparePartitions(
  db: Database,
  cache: WriterCache,
  rows: readonly EncodedRow[],
): Promise<void> {
  const days = new Set<number>();
  for (const row of rows) days.add(Math.floor(row.tsMs / DAY_MS));
  const missing = new Set<string>();
  for (const day of days) {
    const month = new Date(day * DAY_MS).toISOString().slice(0, 7);
    if (!cache.months.has(month)) missing.add(month);
  }
  if (missing.size === 0) return;
  await ensurePartitions(db, [...missing]);
  for (const month of missing) cache.months.add(month);
}
