import { Floats } from "@/lib/baselines/floats";
import { INFINITE, MISSING_TEXT, NUMBER } from "@/lib/baselines/plain-cell";
import type { DataColumn } from "./columns";
import { flagOf } from "./flag";
import { checkWords, damaged, LONGEST_CELL } from "./limits";
import { momentOf } from "./moment";

/** So many numbers spelt in a way of their own ("1.0"), and the column is settled as numbers: memory is finite. */
const MOST_SPELLINGS = 100_000;

/** Different texts of all columns of a file, counted together. */
export type Words = { count: number };

type At = { file: string; name: string; words: Words };

/**
 * Gathers one column of a file. What a format says of itself (a number, a boolean, a moment) is kept as such; a CSV cell is
 * what it looks like, whatever space is around it: the column is numbers while all of its cells are, and at its end texts
 * that are all true and false, or all ISO dates, are booleans and timestamps. A text keeps its space: a model knows the
 * category by the spelling it was trained with, " Private".
 */
export class TypedColumn {
  readonly #at: At;
  readonly #values = new Floats();
  readonly #places = new Map<string, number>();
  readonly #dictionary: string[] = [];
  #spellings: Map<number, string> | null = new Map();
  /** The space around the first number: where a file has it before each, it is no spelling of one number's own. */
  #padding: readonly [before: string, after: string] = ["", ""];
  /** null: nothing but missing cells so far. */
  #type: DataColumn["type"] | null = null;

  constructor(at: At) {
    this.#at = at;
  }

  get length(): number {
    return this.#values.length;
  }

  addMissing(): void {
    this.#values.push(Number.NaN);
  }

  /** A CSV cell. @param row of the file, from 1, for messages */
  addCell(cell: string, row: number): void {
    const text = cell.trim();
    if (MISSING_TEXT.has(text)) this.addMissing();
    else if (this.#type !== "category" && NUMBER.test(text)) this.#addSpelt(cell, text, row);
    else if (this.#type !== "category" && INFINITE.test(text)) this.#refuseRange(text, row);
    else this.addText(cell, row);
  }

  /** A value of a format that knows its types. */
  addValue(value: unknown, row: number): void {
    if (value === null || value === undefined) this.addMissing();
    else if (typeof value === "number") this.addNumber(value, row);
    else if (typeof value === "bigint") this.addNumber(Number(value), row);
    else if (typeof value === "boolean") this.#addTyped("boolean", value ? 1 : 0, row);
    else if (typeof value === "string") this.addText(value, row);
    else if (value instanceof Date) this.#addTyped("timestamp", value.getTime(), row);
    else {
      throw this.#wrong(
        row,
        "it holds lists, records or bytes",
        "turn it into numbers or text, or leave it out",
      );
    }
  }

  addNumber(value: number, row: number): void {
    if (Number.isNaN(value)) this.addMissing();
    else if (Number.isFinite(value)) this.#addTyped("number", value, row);
    else this.#refuseRange(String(value), row);
  }

  addText(text: string, row: number): void {
    if (this.#type === "boolean" || this.#type === "timestamp") {
      throw this.#wrong(row, `a text among ${this.#type} values`, "give each column one type");
    }
    if (text.length > LONGEST_CELL) {
      throw this.#wrong(
        row,
        `a text of ${text.length.toLocaleString("en-US")} characters, at most ${LONGEST_CELL.toLocaleString("en-US")} are read`,
        "shorten it, or leave the column out",
      );
    }
    if (this.#type !== "category") this.#becomeCategory();
    this.#values.push(this.#place(text));
  }

  finish(): DataColumn {
    const { name } = this.#at;
    if (this.#type !== "category") {
      return { name, type: this.#type ?? "number", values: this.#values.view().slice() };
    }
    const found = this.#dictionary;
    for (const [type, meaning] of [
      ["boolean", flagOf],
      ["timestamp", momentOf],
    ] as const) {
      if (!found.every((word) => !Number.isNaN(meaning(word)))) continue;
      const meanings = found.map(meaning);
      const values = this.#values.view().map((place) => (Number.isNaN(place) ? place : meanings[place]!));
      return { name, type, values };
    }
    const codes = new Int32Array(this.#values.length);
    for (let i = 0; i < codes.length; i++) {
      const place = this.#values.at(i);
      codes[i] = Number.isNaN(place) ? -1 : place;
    }
    return { name, type: "category", codes, dictionary: found };
  }

  #addSpelt(cell: string, text: string, row: number): void {
    const value = Number(text);
    if (!Number.isFinite(value)) this.#refuseRange(text, row);
    if (this.#type === null) {
      const before = cell.length - cell.trimStart().length;
      this.#padding = [cell.slice(0, before), cell.slice(before + text.length)];
    }
    if (this.#spellings && this.#usual(value) !== cell) {
      this.#spellings.set(this.#values.length, cell);
      if (this.#spellings.size > MOST_SPELLINGS) this.#spellings = null;
    }
    this.#addTyped("number", value, row);
  }

  #usual = (value: number): string => `${this.#padding[0]}${value}${this.#padding[1]}`;

  #addTyped(type: "number" | "boolean" | "timestamp", value: number, row: number): void {
    this.#type ??= type;
    if (this.#type !== type) {
      throw this.#wrong(row, `a ${type} among ${this.#type} values`, "give each column one type");
    }
    this.#values.push(value);
  }

  #becomeCategory(): void {
    if (this.#type === "number" && this.#spellings === null) {
      throw this.#wrong(
        this.#values.length + 1,
        "a text after more than 100,000 numbers",
        "leave the cell empty where the value is missing, or put the column in quotes throughout as text",
      );
    }
    const had = this.#values.length;
    for (let i = 0; i < had; i++) {
      const value = this.#values.at(i);
      if (!Number.isNaN(value))
        this.#values.set(i, this.#place(this.#spellings?.get(i) ?? this.#usual(value)));
    }
    this.#type = "category";
    this.#spellings = null;
  }

  #place(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      checkWords(this.#at.file, this.#at.name, ++this.#at.words.count);
      place = this.#dictionary.length;
      this.#dictionary.push(text);
      this.#places.set(text, place);
    }
    return place;
  }

  #refuseRange(text: string, row: number): never {
    throw this.#wrong(
      row,
      `${text.slice(0, 40)} is out of range`,
      "leave the cell empty where the value is missing",
    );
  }

  #wrong(row: number, why: string, remedy: string) {
    return damaged(this.#at.file, `row ${row}, column "${this.#at.name}": ${why}`, remedy);
  }
}
