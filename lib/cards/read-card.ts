import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
} from "yaml";
import type { z } from "zod";
import { type CardProblem, ModelCard } from "./schema";

export const MOST_CHARACTERS = 200_000;
const MOST_PROBLEMS = 50;
/** Anchors repeat text; more of them than this is a bomb and no card. */
const MOST_ALIASES = 50;

export type CardReading = { card: ModelCard; problems: [] } | { card: null; problems: CardProblem[] };

/** A card's text, read and checked; every problem names its line. */
export function readCard(text: string): CardReading {
  if (text.length > MOST_CHARACTERS) return wrong(`the card has more than 200,000 characters`);
  const lines = new LineCounter();
  let document: Document.Parsed;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      return {
        card: null,
        problems: faults.slice(0, MOST_PROBLEMS).map(({ pos, message }) => ({
          ...lineOf(lines, pos[0]),
          path: "",
          message: message.split("\n")[0]!,
        })),
      };
    }
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return wrong(
      error instanceof RangeError
        ? "the card is nested too deeply"
        : (error as Error).message.split("\n")[0]!,
    );
  }
  if (value === null || value === undefined) return wrong("the card is empty");
  const parsed = ModelCard.safeParse(value);
  if (parsed.success) return { card: parsed.data, problems: [] };
  return {
    card: null,
    problems: parsed.error.issues
      .flatMap((issue) => toProblems(issue, document, lines))
      .slice(0, MOST_PROBLEMS)
      .sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** "line 7: metrics.0.value: expected a number". */
export const problemWords = ({ line, path, message }: CardProblem): string =>
  `line ${line}: ${path ? `${path}: ` : ""}${message}`;

const wrong = (message: string): CardReading => ({
  card: null,
  problems: [{ line: 1, column: 1, path: "", message }],
});

function toProblems(issue: z.core.$ZodIssue, document: Document.Parsed, lines: LineCounter): CardProblem[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      ...lineOf(lines, keyOffset(document, path, key)),
      path: [...path, key].join("."),
      message: "there is no such field in a model card",
    }));
  }
  const { offset, found } = valueOffset(document, path);
  const missing =
    !found && issue.message.startsWith("expected") ? `is missing: ${issue.message}` : issue.message;
  return [{ ...lineOf(lines, offset), path: path.join("."), message: missing }];
}

const lineOf = (lines: LineCounter, offset: number) => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
};

/** Where a value stands; of one that is not there, where the nearest thing around it does. */
function valueOffset(document: Document.Parsed, path: readonly string[]): { offset: number; found: boolean } {
  let at: unknown = document.contents;
  let offset = startOf(at) ?? 0;
  for (const step of path) {
    const pair = isMap(at)
      ? at.items.find((each) => String(isScalar(each.key) ? each.key.value : each.key) === step)
      : null;
    const next: unknown = pair
      ? (pair.value ?? pair.key)
      : isCollection(at)
        ? at.get(Number(step), true)
        : undefined;
    if (next === undefined || next === null) return { offset, found: false };
    offset = (pair ? startOf(pair.key) : startOf(next)) ?? offset;
    at = next;
  }
  return { offset: (isScalar(at) ? startOf(at) : null) ?? offset, found: true };
}

function keyOffset(document: Document.Parsed, path: readonly string[], key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path.map(asStep), true);
  const pair = isMap(map)
    ? map.items.find((each) => isPair(each) && isScalar(each.key) && String(each.key.value) === key)
    : null;
  return (pair && startOf(pair.key)) ?? valueOffset(document, path).offset;
}

const asStep = (step: string) => (/^\d+$/.test(step) ? Number(step) : step);
const startOf = (node: unknown): number | null => (isNode(node) ? (node.range?.[0] ?? null) : null);
