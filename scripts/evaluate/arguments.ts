import { parseArgs } from "node:util";
import { TidemarkError } from "@/lib/errors";
import { readWhere, type Where } from "../where";

export type EvaluateCommand = Where & {
  model: string;
  version: string;
  /** SHA-256 or name of a dataset that is registered with the model; of two of a name the later one. */
  dataset: string;
  /** The feature whose groups are compared; null: none. */
  groups: string | null;
};

export const USAGE = `Usage:
  npm run evaluate -- --model <model> --version <version> --dataset <name or SHA-256>
      [--groups <feature>]    compare the groups of a feature
      [--server <url>]        TIDEMARK_URL, or http://127.0.0.1:3000
      [--key <api key>]       TIDEMARK_API_KEY; scopes read and ingest
Runs the version's registered model on a registered dataset, saves the outcome as evidence, and waits until the server has
repeated it. Exit code: 0 it is confirmed; 1 it is contradicted, or the server could not repeat it; 2 it could not be done.`;

/** @throws TidemarkError `bad_request` that says what is wrong with the words */
export function parseEvaluateCommand(
  words: readonly string[],
  environment: Record<string, string | undefined>,
): EvaluateCommand {
  const values = readWords(words);
  const wanted = (name: "model" | "version" | "dataset") => {
    const value = values[name]?.trim();
    if (!value) throw wrong(`--${name} is missing`);
    return value;
  };
  return {
    ...readWhere(values, environment, wrong),
    model: wanted("model"),
    version: wanted("version"),
    dataset: wanted("dataset"),
    groups: values.groups?.trim() || null,
  };
}

function readWords(words: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { model: text, version: text, dataset: text, groups: text, server: text, key: text };
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

const wrong = (message: string) => new TidemarkError("bad_request", `${message}\n${USAGE}`);
