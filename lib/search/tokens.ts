import { TidemarkError } from "@/lib/errors";

/** A piece of a filter or an ordering, with the place where it starts. */
export type Token = {
  kind: "word" | "quoted" | "number" | "operator" | "(" | ")" | "," | ".";
  /** Without its quotes. */
  text: string;
  /** The quote character of a quoted one. */
  quote: string;
  at: number;
};

const PIECES =
  /\s*(?:(?<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`)|(?<number>-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w/]))|(?<operator>!=|<>|<=|>=|==|=|<|>)|(?<mark>[(),.])|(?<word>[\p{L}\p{N}_/:-]+))/uy;

/** Longer filters are nobody's; each comparison is a subquery of its own. */
const LONGEST = 20_000;

/**
 * Cuts a filter into tokens.
 * @throws TidemarkError `bad_request` naming what could not be read
 */
export function tokenise(text: string): Token[] {
  if (text.length > LONGEST) {
    throw new TidemarkError(
      "bad_request",
      `Invalid filter string: it has ${text.length} characters; at most ${LONGEST} are read`,
    );
  }
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  let at = 0;
  while (at < end) {
    PIECES.lastIndex = at;
    const found = PIECES.exec(text);
    if (!found) throw unreadable(text, at);
    at = PIECES.lastIndex;
    tokens.push(toToken(found.groups!, found.index));
  }
  return tokens;
}

function toToken(groups: Record<string, string | undefined>, at: number): Token {
  const { quoted, number, operator, mark, word } = groups;
  if (quoted !== undefined) {
    const quote = quoted[0]!;
    const text = quoted.slice(1, -1).replaceAll(quote + quote, quote);
    return { kind: "quoted", text, quote, at };
  }
  if (number !== undefined) return { kind: "number", text: number, quote: "", at };
  if (operator !== undefined) return { kind: "operator", text: operator, quote: "", at };
  if (mark !== undefined) return { kind: mark as "(" | ")" | "," | ".", text: mark, quote: "", at };
  return { kind: "word", text: word!, quote: "", at };
}

function unreadable(text: string, at: number): TidemarkError {
  const rest = text.slice(at).trimStart();
  return new TidemarkError(
    "bad_request",
    `Invalid filter string: cannot read ${JSON.stringify(rest.slice(0, 60))}: quote values with '…' and unusual names with \`…\``,
    { details: [{ at: text.length - rest.length }] },
  );
}
