import type { FeatureType } from "@/lib/models/schema";
import { show } from "@/lib/predictions/parse";
import type { Cell } from "./cell";
import { Floats } from "./floats";

/** Beyond this a column is an identifier, not a category a test could use. */
export const MOST_CATEGORIES = 100_000;
/** So many numbers spelt in a way of their own ("1.0"), and the column is settled as a number: memory is finite. */
const MOST_SPELLINGS = 100_000;

/**
 * Gathers one column of a file. Its type is given, or found: a number if every value is one, else a category. Numbers
 * are kept as numbers until a text turns up; only spellings that a number would lose ("007") are remembered.
 */
export class ColumnBuilder {
  readonly values = new Floats();
  /** Category → place in `words`; values hold the place. */
  readonly #places = new Map<string, number>();
  readonly words: string[] = [];
  #spellings: Map<number, string> | null;
  #categorical: boolean;
  #numerical: boolean;
  present = 0;
  /** Too many different values: not usable as a category. */
  overflowing = false;

  constructor(readonly type: FeatureType | null) {
    this.#categorical = type === "categorical";
    this.#numerical = type === "numerical";
    this.#spellings = type === null ? new Map() : null;
  }

  /** What is wrong with a cell in this column, or "". */
  check(cell: Cell): string {
    if (cell.kind === "bad") return cell.why;
    if (this.#numerical && cell.kind === "text") return `expected a number, got ${show(cell.text)}`;
    return "";
  }

  /** Adds a cell that has passed the check. */
  add(cell: Cell): void {
    if (cell.kind === "missing" || cell.kind === "bad") {
      this.values.push(Number.NaN);
      return;
    }
    this.present++;
    if (cell.kind === "text" && !this.#categorical) this.#becomeCategorical();
    if (this.#categorical) {
      this.values.push(this.#place(cell.text));
      return;
    }
    const { value, text } = cell as Extract<Cell, { kind: "number" }>;
    if (this.#spellings && String(value) !== text) {
      this.#spellings.set(this.values.length, text);
      if (this.#spellings.size > MOST_SPELLINGS) {
        this.#spellings = null;
        this.#numerical = true;
      }
    }
    this.values.push(value);
  }

  /** The type found; null where every cell is missing and none was given. */
  get found(): FeatureType | null {
    if (this.#categorical) return "categorical";
    if (this.#numerical) return "numerical";
    return this.present > 0 ? "numerical" : null;
  }

  /** Reads what came so far as text; for a column that shares its meaning with another one. */
  toText(): void {
    if (!this.#categorical) this.#becomeCategorical();
  }

  #becomeCategorical(): void {
    this.#categorical = true;
    for (let i = 0; i < this.values.length; i++) {
      const value = this.values.at(i);
      if (!Number.isNaN(value)) this.values.set(i, this.#place(this.#spellings?.get(i) ?? String(value)));
    }
    this.#spellings = null;
  }

  #place(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      if (this.words.length >= MOST_CATEGORIES) {
        this.overflowing = true;
        return 0;
      }
      place = this.words.length;
      this.words.push(text);
      this.#places.set(text, place);
    }
    return place;
  }
}
