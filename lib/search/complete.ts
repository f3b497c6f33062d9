import { TidemarkError } from "@/lib/errors";
import { type Token, tokenise } from "./tokens";

export type Completion = {
  /** The part of the text that an option takes the place of. */
  from: number;
  to: number;
  options: string[];
};

export type Completable = { metrics: readonly string[]; params: readonly string[]; tags: readonly string[] };

const ATTRIBUTES = ["run_name", "status", "user_id", "start_time", "end_time", "run_id"].map(
  (name) => `attributes.${name}`,
);
const DATASET = ["name", "digest", "context"].map((name) => `dataset.${name}`);
const TEXT_OPERATORS = ["=", "!=", "LIKE", "ILIKE", "IN", "IS NULL", "IS NOT NULL"];
const NUMBER_OPERATORS = ["<", "<=", ">", ">=", "=", "!=", "IS NULL", "IS NOT NULL"];
const STATUSES = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"].map((status) => `'${status}'`);
const MOST = 12;

/** What may stand where the caret is in a filter: names after AND and OR, operators after names, AND and OR after values. */
export function completeFilter(text: string, caret: number, names: Completable): Completion {
  const head = text.slice(0, caret);
  const word = /(?:[\p{L}\p{N}_/:-]+\.`[^`]*`?|[\p{L}\p{N}_/:.-]+|[<>=!]+)$/u.exec(head)?.[0] ?? "";
  const from = caret - word.length;
  const completion = (options: readonly string[]): Completion => ({
    from,
    to: caret,
    options: best(options, word),
  });
  const before = stateAfter(head.slice(0, from));
  if (before === null) return completion([]);
  switch (before.wants) {
    case "name":
      return completion([
        ...ATTRIBUTES,
        ...names.metrics.map((key) => `metrics.${quoted(key)}`),
        ...names.params.map((key) => `params.${quoted(key)}`),
        ...names.tags.map((key) => `tags.${quoted(key)}`),
        ...DATASET,
      ]);
    case "operator":
      return completion(
        /^(metrics?\.|(attributes\.)?(start|end)_time$)/.test(before.name)
          ? NUMBER_OPERATORS
          : TEXT_OPERATORS,
      );
    case "value":
      return completion(/(^|\.)status$/.test(before.name) ? STATUSES : []);
    case "join":
      return completion(["AND", "OR"]);
  }
}

type State = { wants: "name" | "operator" | "value" | "join"; name: string };

/** What comes next after the beginning of a filter; null where one cannot say. */
function stateAfter(text: string): State | null {
  let tokens: Token[];
  try {
    tokens = tokenise(text);
  } catch (error) {
    if (error instanceof TidemarkError) return null;
    throw error;
  }
  let state: State = { wants: "name", name: "" };
  for (const [place, token] of tokens.entries()) {
    const upper = token.kind === "word" ? token.text.toUpperCase() : "";
    const dotted = tokens[place + 1]?.kind === "." || token.kind === ".";
    if (state.wants === "name") {
      if (token.kind === "(") continue;
      state = { wants: dotted ? "name" : "operator", name: state.name + token.text };
    } else if (state.wants === "operator") {
      if (upper === "NOT") continue;
      state = { wants: "value", name: state.name };
    } else if (state.wants === "value") {
      const inside =
        token.kind === "(" || token.kind === "," || upper === "NOT" || tokens[place + 1]?.kind === ",";
      if (!inside) state = { wants: "join", name: state.name };
    } else if (upper === "AND" || upper === "OR") state = { wants: "name", name: "" };
  }
  return state;
}

/** Those that start so, then those that hold it, without what stands there already. */
function best(options: readonly string[], word: string): string[] {
  const wanted = word.toLowerCase().replaceAll("`", "");
  const plain = (option: string) => option.toLowerCase().replaceAll("`", "");
  const starts = options.filter((option) => plain(option).startsWith(wanted));
  const holds = options.filter(
    (option) => !plain(option).startsWith(wanted) && plain(option).includes(wanted),
  );
  const found = [...starts, ...holds].slice(0, MOST);
  return found.length === 1 && found[0] === word ? [] : found;
}

/** Names that the grammar would cut elsewhere stand in backticks. */
const quoted = (key: string) => (/^[\p{L}\p{N}_/:-]+(\.[\p{L}\p{N}_/:-]+)*$/u.test(key) ? key : `\`${key}\``);
