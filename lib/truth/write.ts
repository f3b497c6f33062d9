import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { ensureClasses, ensureVersion, settleTask } from "@/lib/models/store";
import { LARGEST_OUTCOME, MOST_CLASSES } from "@/lib/predictions/encode";
import { show } from "@/lib/predictions/parse";
import type { Rejection } from "@/lib/predictions/schema";
import type { ParsedLabel } from "./parse";
import { findLabelTarget, insertLabels, type LabelTarget, type StoredLabel } from "./store";

const STALE = "TM001";

export type LabelFate = "matched" | "unmatched" | Rejection;

/** What label writers keep between batches. */
export type LabelCache = { targets: Map<string, LabelTarget>; classes: Map<string, Map<string, number>> };

/**
 * Stores labels of one model. Of several for one id the latest by its own time counts, whatever the order they come in;
 * at equal times the last to arrive.
 */
export async function writeLabels(
  db: Database,
  cache: LabelCache,
  model: string,
  labels: readonly ParsedLabel[],
): Promise<LabelFate[]> {
  const target = await getTarget(db, cache, model, labels);
  const classes =
    target.task === "classification" ? await getClasses(db, cache, model, target, labels) : null;
  const latest = new Map<string, StoredLabel>();
  const rejections = new Map<number, Rejection>();
  labels.forEach((label, place) => {
    const encoded = encodeLabel(target, classes, model, label);
    if (typeof encoded === "string") {
      rejections.set(place, { index: label.index, id: label.id, error: encoded });
      return;
    }
    const held = latest.get(label.id);
    if (!held || held.tsMs <= encoded.tsMs) latest.set(label.id, encoded);
  });
  let unmatched = new Set<string>();
  try {
    if (latest.size > 0) unmatched = await insertLabels(db, target.modelId, [...latest.values()]);
  } catch (error) {
    // Somebody has just settled what the model predicts: read the labels again, knowing that.
    if (sqlState(error) !== STALE) throw error;
    return writeLabels(db, cache, model, labels);
  }
  return labels.map(
    (label, place) => rejections.get(place) ?? (unmatched.has(label.id) ? "unmatched" : "matched"),
  );
}

function encodeLabel(
  target: LabelTarget,
  classes: Map<string, number> | null,
  model: string,
  { id, label, tsMs }: ParsedLabel,
): StoredLabel | string {
  if (target.task === "regression") {
    if (typeof label !== "number") return `label: model "${model}" predicts numbers, got ${show(label)}`;
    if (!(Math.abs(label) <= LARGEST_OUTCOME)) {
      return `label: ${label} is out of range; errors are squared, so at most ${LARGEST_OUTCOME} is kept`;
    }
    return { id, label, text: null, tsMs };
  }
  if (classes) {
    const code = classes.get(String(label));
    if (code !== undefined) return { id, label: code, text: null, tsMs };
    return `label: the model has ${MOST_CLASSES} classes already, so ${show(label)} is not added`;
  }
  return { id, label: null, text: String(label), tsMs };
}

/** The model, made if need be: labels may come first. Text settles that it classifies; a number leaves it open. */
async function getTarget(
  db: Database,
  cache: LabelCache,
  model: string,
  labels: readonly ParsedLabel[],
): Promise<LabelTarget> {
  const cached = cache.targets.get(model);
  if (cached?.task) return cached;
  let target = await findLabelTarget(db, model);
  if (!target) {
    await ensureVersion(db, model, null);
    target = (await findLabelTarget(db, model))!;
  }
  if (target.task === null && labels.some((label) => typeof label.label === "string")) {
    await settleTask(db, target.modelId, "classification");
    target = (await findLabelTarget(db, model))!;
  }
  cache.targets.set(model, target);
  return target;
}

async function getClasses(
  db: Database,
  cache: LabelCache,
  model: string,
  target: LabelTarget,
  labels: readonly ParsedLabel[],
): Promise<Map<string, number>> {
  let classes = cache.classes.get(model);
  if (!classes) {
    classes = new Map();
    cache.classes.set(model, classes);
  }
  const unknown = new Set<string>();
  for (const { label } of labels) {
    const text = String(label);
    if (!classes.has(text) && classes.size + unknown.size < MOST_CLASSES) unknown.add(text);
  }
  if (unknown.size > 0) {
    for (const [value, code] of await ensureClasses(db, target.modelId, [...unknown], {
      labelOnly: true,
    }))
      classes.set(value, code);
  }
  return classes;
}
