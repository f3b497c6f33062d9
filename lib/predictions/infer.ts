import type { FeatureType, Task } from "@/lib/models/schema";
import { badText } from "@/lib/text";
import type { ParsedRow } from "./parse";

/** Columns a version may have: a vector of more is no longer a row of a table. */
export const MOST_COLUMNS = 2000;

export type NewColumn = { role: "feature" | "segment"; name: string; type: FeatureType | null };

/**
 * The feature schema that rows suggest: every name met, a number where most values are numbers, else a category;
 * null (not known yet) where all are missing.
 */
export function inferColumns(rows: readonly ParsedRow[]): NewColumn[] {
  const votes = new Map<string, { numbers: number; others: number }>();
  for (const row of rows) {
    const names = Object.keys(row.features);
    // Refused when it is encoded: it must not settle the schema of all that come after it.
    if (names.length > MOST_COLUMNS) continue;
    for (const name of names) {
      let vote = votes.get(name);
      if (!vote) {
        if (checkName(name) || votes.size >= MOST_COLUMNS) continue;
        vote = { numbers: 0, others: 0 };
        votes.set(name, vote);
      }
      const value = row.features[name];
      if (value === null || value === undefined) continue;
      if (typeof value === "number") vote.numbers++;
      else if (typeof value !== "object") vote.others++;
    }
  }
  return [...votes].map(([name, { numbers, others }]) => ({
    role: "feature",
    name,
    type: typeOf(numbers, others),
  }));
}

function typeOf(numbers: number, others: number): FeatureType | null {
  if (numbers + others === 0) return null;
  return numbers >= others ? "numerical" : "categorical";
}

/** Segment keys that the version has no column for yet. */
export function inferSegments(rows: readonly ParsedRow[], known: ReadonlyMap<string, unknown>): NewColumn[] {
  const added = new Map<string, NewColumn>();
  for (const row of rows) {
    if (!row.segment) continue;
    for (const name in row.segment) {
      if (known.has(name) || added.has(name) || checkName(name) || known.size + added.size >= MOST_SEGMENTS)
        continue;
      added.set(name, { role: "segment", name, type: "categorical" });
    }
  }
  return [...added.values()];
}

const MOST_SEGMENTS = 50;

/** What is wrong with a feature's or segment's name, or "". A name that every object has cannot be told from absence. */
export function checkName(name: string): string {
  if (name === "" || name.length > 200) return "must have 1 to 200 characters";
  if (name in Object.prototype) return "is reserved; rename it";
  return badText(name);
}

/** Classes are sent as text or with probabilities; anything else is a value. null = the rows do not tell. */
export function inferTask(rows: readonly ParsedRow[]): Task | null {
  let predicted = false;
  for (const row of rows) {
    if (row.prediction === null) continue;
    if (typeof row.prediction !== "number" || row.score !== null || row.scores !== null)
      return "classification";
    predicted = true;
  }
  return predicted ? "regression" : null;
}

/**
 * The class that `score` speaks of: the one predicted when the score is higher.
 * @returns null until two classes tell, or one that is predicted at a clear score.
 */
export function inferPositiveClass(rows: readonly ParsedRow[]): string | null {
  const means = new Map<string, { sum: number; n: number }>();
  let mapped: string[] | null = null;
  for (const row of rows) {
    if (row.prediction === null) continue;
    if (row.scores && row.score === null) mapped ??= Object.keys(row.scores).sort();
    if (row.score === null) continue;
    const entry = means.get(String(row.prediction)) ?? { sum: 0, n: 0 };
    entry.sum += row.score;
    entry.n++;
    means.set(String(row.prediction), entry);
  }
  const ranked = [...means]
    .map(([name, { sum, n }]) => ({ name, mean: sum / n }))
    .sort((a, b) => b.mean - a.mean);
  if (ranked.length >= 2) return ranked[0]!.name;
  if (ranked.length === 1 && ranked[0]!.mean > 0.5) return ranked[0]!.name;
  // scikit-learn's order: the second of two sorted classes is the positive one.
  return mapped?.length === 2 ? mapped[1]! : null;
}
