import { parseArgs } from "node:util";
import { TidemarkError } from "@/lib/errors";
import type { Target } from "@/lib/promotions/schema";
import { readTarget } from "@/lib/promotions/target";
import { readWhere } from "../where";

export type GateCommand = {
  server: string;
  key: string;
  model: string;
  version: string;
  target: Target;
  /** Why a promotion is asked for; null: gates are only judged. */
  request: string | null;
  /** Seconds to wait for evidence to be confirmed and for a decision; 0: not at all. */
  waitSeconds: number;
  json: boolean;
};

export const USAGE = `Usage:
  npm run gate -- --model <model> --version <version> --stage Production
      [--alias <alias>]       an alias in place of a stage
      [--request "<reason>"]  ask for the promotion when the gates pass
      [--wait [<minutes>]]    wait for evidence and for the decision; 60 unless given
      [--json]                print the reply of the server
      [--server <url>]        TIDEMARK_URL, or http://127.0.0.1:3000
      [--key <api key>]       TIDEMARK_API_KEY; scopes read, and ingest to ask
Exit code: 0 the gates pass, or the version was promoted; 1 a gate fails, or the promotion was refused or lapsed;
2 it could not be found out, or --wait ended before the decision.`;

const DEFAULT_WAIT_MINUTES = 60;
const MOST_WAIT_MINUTES = 7 * 24 * 60;

/** @throws TidemarkError `bad_request` that says what is wrong with the words */
export function parseGateCommand(
  words: readonly string[],
  environment: Record<string, string | undefined>,
): GateCommand {
  const values = readWords(withWaitValue(words));
  const wanted = (name: "model" | "version") => {
    const value = values[name]?.trim();
    if (!value) throw wrong(`--${name} is missing`);
    return value;
  };
  const where = readWhere(values, environment, wrong);
  const minutes = values.wait === undefined ? 0 : Number(values.wait);
  if (!(minutes >= 0 && minutes <= MOST_WAIT_MINUTES))
    throw wrong(`--wait ${values.wait}: expected minutes, ${MOST_WAIT_MINUTES} at most`);
  const request = values.request?.trim() ?? null;
  if (request === "") throw wrong('--request wants a reason: --request "better on June"');
  return {
    ...where,
    model: wanted("model"),
    version: wanted("version"),
    target: readTarget({ stage: values.stage, alias: values.alias }),
    request,
    waitSeconds: minutes * 60,
    json: values.json ?? false,
  };
}

/** --wait may stand alone. */
function withWaitValue(words: readonly string[]): string[] {
  return words.flatMap((word, place) =>
    word === "--wait" && !/^[\d.]+$/.test(words[place + 1] ?? "")
      ? [`--wait=${DEFAULT_WAIT_MINUTES}`]
      : [word],
  );
}

function readWords(words: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: words,
      options: {
        model: text,
        version: text,
        stage: text,
        alias: text,
        request: text,
        wait: text,
        server: text,
        key: text,
        json: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

const wrong = (message: string) => new TidemarkError("bad_request", `${message}\n${USAGE}`);
