/** Where artifacts lie: with the tracking server, somewhere that clients reach themselves, or on its disk. */
export type Place = "kept" | "remote" | "disk";

export function placeOf(uri: string): Place {
  if (/^mlflow-artifacts:/.test(uri)) return "kept";
  return /^(?!file:)[a-z][a-z0-9+.-]+:/i.test(uri) ? "remote" : "disk";
}

/** The path of an mlflow-artifacts: address below the server's root. */
export const keptPath = (uri: string): string =>
  uri.replace(/^mlflow-artifacts:(\/\/[^/]*)?\/*/, "").replace(/\/+$/, "");

const normal = (uri: string): string =>
  placeOf(uri) === "kept"
    ? `mlflow-artifacts:/${keptPath(uri)}`
    : uri.replace(/^file:(\/\/)?/, "").replace(/\/+$/, "");

/** Which location an experiment has here in place of the one that it had there. */
export class Places {
  readonly #moved = new Map<string, string>();

  move(from: string, to: string): void {
    this.#moved.set(normal(from), to.replace(/\/+$/, ""));
  }

  /**
   * Where something at `uri` is after the move. What clients reach themselves, and addresses by run or model, stay;
   * null for what lies outside of every experiment.
   */
  moved(uri: string): string | null {
    if (placeOf(uri) === "remote") return uri;
    const from = normal(uri);
    for (let end = from.length; end > 0; end = from.lastIndexOf("/", end - 1)) {
      const to = this.#moved.get(from.slice(0, end));
      if (to !== undefined) return `${to}${from.slice(end)}`;
    }
    return null;
  }
}
