import { checkTime, show } from "@/lib/predictions/parse";
import type { Rejection } from "@/lib/predictions/schema";
import { wordOf } from "@/lib/predictions/word";
import { badText } from "@/lib/text";
import { LabelRow } from "./schema";

export type ParsedLabel = { index: number; id: string; label: string | number; tsMs: number };

/** Reads one label. @returns the label, or why it cannot be kept: field, value and remedy. */
export function parseLabel(value: unknown, index: number, nowMs: number): ParsedLabel | Rejection {
  const parsed = LabelRow.safeParse(value);
  if (!parsed.success) {
    const id = (value as { id?: unknown } | null)?.id;
    return {
      index,
      id: typeof id === "string" ? id.slice(0, 200) : null,
      error: explain(parsed.error.issues[0]!, value),
    };
  }
  const { id, label, timestamp } = parsed.data;
  const tsMs = timestamp === undefined ? nowMs : Date.parse(timestamp);
  const refusal =
    (badText(id) && `id: ${badText(id)}`) ||
    (typeof label === "string" && badText(label) && `label: ${badText(label)}`) ||
    (timestamp !== undefined && checkTime(timestamp, tsMs, { nowMs }));
  if (refusal) return { index, id, error: refusal };
  return { index, id, label: typeof label === "number" ? label : wordOf(String(label)), tsMs };
}

function explain(issue: { path: PropertyKey[]; message: string }, value: unknown): string {
  const field = String(issue.path[0] ?? "");
  if (!field) return `expected an object with id and label, got ${show(value)}`;
  const found = (value as Record<string, unknown>)[field];
  if (found === undefined) return `${field}: missing`;
  if (field === "label") return `label: expected a class (text) or a number, got ${show(found)}`;
  return `${field}: ${issue.message.replace(/^Invalid input: /, "")}, got ${show(found)}`;
}
