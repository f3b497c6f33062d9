import { TidemarkError } from "@/lib/errors";
import { type Token, tokenise } from "./tokens";

/** The name that a comparison or an ordering speaks of: `metrics.acc` has the entity "metrics" and the key "acc". */
export type Identifier = { entity: string | null; key: string };

export const OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "IN", "NOT IN"] as const;
export type Operator = (typeof OPERATORS)[number];

export type Value = { kind: "number"; number: number; text: string } | { kind: "string"; text: string };

export type Comparison =
  | ({ kind: "comparison"; operator: Exclude<Operator, "IN" | "NOT IN">; value: Value } & Named)
  | ({ kind: "list"; operator: "IN" | "NOT IN"; values: Value[] } & Named)
  | ({ kind: "null"; isNull: boolean } & Named);
/** `at` is where it starts in the filter. */
type Named = { identifier: Identifier; text: string; at: number };

export type Filter = Comparison | { kind: "and" | "or"; parts: Filter[] };

export type Ordering = { identifier: Identifier; direction: "asc" | "desc"; text: string };

/**
 * Reads a filter in MLflow's grammar: comparisons joined by AND. With `or`, OR and parentheses too, which MLflow's own
 * clients are refused since its servers refuse them.
 * @returns null for a filter that says nothing
 * @throws TidemarkError `bad_request`
 */
export function parseFilter(text: string, { or = false } = {}): Filter | null {
  const tokens = tokenise(text);
  if (tokens.length === 0) return null;
  const reader = new Reader(tokens, text, or);
  const filter = reader.disjunction();
  reader.expectEnd();
  return filter;
}

/** Reads `metrics.acc DESC`; ascending unless said. @throws TidemarkError `bad_request` */
export function parseOrdering(text: string): Ordering {
  const tokens = tokenise(text);
  const last = tokens.at(-1);
  const word = last?.kind === "word" ? last.text.toUpperCase() : "";
  const directed = tokens.length > 1 && (word === "ASC" || word === "DESC");
  const reader = new Reader(directed ? tokens.slice(0, -1) : tokens, text, false);
  if (tokens.length === 0) throw reader.invalid("Invalid order_by clause: it is empty");
  const identifier = reader.identifier();
  reader.expectEnd();
  return { identifier, direction: directed && word === "DESC" ? "desc" : "asc", text };
}

class Reader {
  #next = 0;
  readonly #tokens: readonly Token[];
  readonly #source: string;
  readonly #or: boolean;

  constructor(tokens: readonly Token[], source: string, or: boolean) {
    this.#tokens = tokens;
    this.#source = source;
    this.#or = or;
  }

  disjunction(depth = 0): Filter {
    const parts = [this.#conjunction(depth)];
    while (this.#or && this.#takeWord("OR")) parts.push(this.#conjunction(depth));
    return parts.length === 1 ? parts[0]! : { kind: "or", parts };
  }

  #conjunction(depth: number): Filter {
    const parts = [this.#term(depth)];
    while (this.#takeWord("AND")) parts.push(this.#term(depth));
    return parts.length === 1 ? parts[0]! : { kind: "and", parts };
  }

  #term(depth: number): Filter {
    if (this.#or && this.#peek()?.kind === "(") {
      if (depth > 20) throw this.invalid("Invalid filter string: parentheses are nested more than 20 deep");
      this.#next++;
      const inner = this.disjunction(depth + 1);
      this.#take(")");
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Comparison {
    const start = this.#peek()?.at ?? 0;
    const identifier = this.identifier();
    const named = () => {
      const text = this.#source.slice(start, this.#peek()?.at);
      return { identifier, text: text.trim(), at: start + text.length - text.trimStart().length };
    };
    if (this.#takeWord("IS")) {
      const isNull = !this.#takeWord("NOT");
      if (!this.#takeWord("NULL")) throw this.#unexpected("NULL");
      return { kind: "null", isNull, ...named() };
    }
    const negated = this.#takeWord("NOT");
    if (this.#takeWord("IN")) {
      return { kind: "list", operator: negated ? "NOT IN" : "IN", values: this.#list(), ...named() };
    }
    if (negated) throw this.#unexpected("IN");
    const operator = this.#operator();
    return { kind: "comparison", operator, value: this.#value(), ...named() };
  }

  identifier(): Identifier {
    const parts: string[] = [];
    do {
      const token = this.#peek();
      // `metrics.1` is cut as a number.
      if (token?.kind !== "word" && token?.kind !== "quoted" && token?.kind !== "number") {
        throw this.#unexpected("a name");
      }
      this.#next++;
      parts.push(token.text);
    } while (this.#takeDot());
    const [first, ...rest] = parts;
    return rest.length === 0 ? { entity: null, key: first! } : { entity: first!, key: rest.join(".") };
  }

  #operator(): Exclude<Operator, "IN" | "NOT IN"> {
    const token = this.#peek();
    if (token?.kind === "operator") {
      this.#next++;
      if (token.text === "<>") return "!=";
      return (token.text === "==" ? "=" : token.text) as "=";
    }
    if (this.#takeWord("LIKE")) return "LIKE";
    if (this.#takeWord("ILIKE")) return "ILIKE";
    throw this.#unexpected("a comparison such as =, !=, <, LIKE or IN");
  }

  #value(): Value {
    const token = this.#peek();
    if (token?.kind === "number") {
      this.#next++;
      return { kind: "number", number: Number(token.text), text: token.text };
    }
    if (token?.kind === "quoted" && token.quote !== "`") {
      this.#next++;
      return { kind: "string", text: token.text };
    }
    throw this.#unexpected("a number or a quoted value");
  }

  #list(): Value[] {
    this.#take("(");
    const values: Value[] = [];
    if (this.#peek()?.kind !== ")") {
      do values.push(this.#value());
      while (this.#takeComma());
    }
    this.#take(")");
    if (values.length === 0) throw this.invalid("Invalid filter string: a list in parentheses is empty");
    return values;
  }

  expectEnd(): void {
    const token = this.#peek();
    if (!token) return;
    if (token.kind === "word" && token.text.toUpperCase() === "OR") {
      throw this.invalid(
        `Invalid clause(s) in filter string: 'OR' is not supported: join comparisons by AND`,
      );
    }
    throw this.#unexpected("AND or the end");
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(kind: Token["kind"]): void {
    if (this.#peek()?.kind !== kind) throw this.#unexpected(`"${kind}"`);
    this.#next++;
  }

  #takeDot(): boolean {
    if (this.#peek()?.kind !== ".") return false;
    this.#next++;
    return true;
  }

  #takeComma(): boolean {
    if (this.#peek()?.kind !== ",") return false;
    this.#next++;
    return true;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "word" || token.text.toUpperCase() !== word) return false;
    this.#next++;
    return true;
  }

  #unexpected(wanted: string): TidemarkError {
    const token = this.#peek();
    const found = token ? JSON.stringify(this.#source.slice(token.at).trim().slice(0, 60)) : "the end";
    const at = token ? token.at : this.#source.trimEnd().length;
    return this.invalid(`Invalid filter string: expected ${wanted}, found ${found}`, at);
  }

  invalid(message: string, at = 0): TidemarkError {
    const where = `(in ${JSON.stringify(this.#source.slice(0, 200))})`;
    return new TidemarkError("bad_request", `${message} ${where}`, { details: [{ at }] });
  }
}
