import { quoted, refused } from "./model-files";
import { numberOf } from "./place-of";

/**
 * Reads the labels that a model answers with as places among its classes. A number may be a class's name or, from models
 * that name no classes, its place, and of the classes "1", "2", "3" a 1 is both: so numbers are kept as they are until all
 * are known. They are names where each is one, places otherwise.
 */
export class AnsweredLabels {
  readonly #classes: readonly string[];
  readonly #byText: Map<string, number>;
  readonly #byNumber = new Map<number, number>();
  /** The first answer that can only be a place, and the first that can only be a name. */
  #onlyPlace: number | null = null;
  #onlyName: number | null = null;
  #areNumbers = false;

  constructor(classes: readonly string[]) {
    this.#classes = classes;
    this.#byText = new Map(classes.map((name, place) => [name.trim(), place]));
    for (const [place, name] of classes.entries()) {
      this.#byText.set(name, place);
      this.#byNumber.set(numberOf(name), place);
    }
    this.#byNumber.delete(Number.NaN);
  }

  /**
   * @returns the place for a text, the number itself for a number: `places` makes places of those
   * @throws TidemarkError for what is none of the classes, or where some answers are places and others names
   */
  read(answer: string | number): number {
    if (typeof answer === "string") {
      const place = this.#byText.get(answer) ?? this.#byText.get(answer.trim());
      if (place === undefined) throw this.#stranger(answer);
      return place;
    }
    this.#areNumbers = true;
    const isName = this.#byNumber.has(answer);
    const isPlace = Number.isInteger(answer) && answer >= 0 && answer < this.#classes.length;
    if (!isName && !isPlace) throw this.#stranger(String(answer));
    if (!isName) this.#onlyPlace ??= answer;
    if (!isPlace) this.#onlyName ??= answer;
    if (this.#onlyPlace !== null && this.#onlyName !== null) {
      throw refused(
        `the model answers ${this.#onlyPlace}, which is none of the classes ${this.#listed()} but the place of one, and ${this.#onlyName}, which is one of them but no place: list all classes, in the order of the model's`,
      );
    }
    return answer;
  }

  /** Of everything that was read, once it is all. NaN, where nothing was, stays. */
  places(read: Float64Array): Float64Array {
    if (!this.#areNumbers || this.#onlyPlace !== null) return read;
    return read.map((answer) => this.#byNumber.get(answer) ?? Number.NaN);
  }

  #stranger = (answer: string) =>
    refused(
      `the model answers ${quoted(answer)}, which is none of the classes ${this.#listed()}: list all of them`,
    );

  #listed = () => this.#classes.map(quoted).join(", ");
}
