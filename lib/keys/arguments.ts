import { parseArgs } from "node:util";
import { TidemarkError } from "@/lib/errors";
import { Scope } from "./schema";

export type KeyCommand =
  | { verb: "create"; name: string; scopes: Scope[] }
  | { verb: "list" }
  | { verb: "revoke"; id: string };

export const USAGE = `Usage:
  npm run key -- create --name <name> --scope ingest,read   scopes: ingest, read, admin
  npm run key -- list
  npm run key -- revoke <id>`;

/** Reads a command line. @throws TidemarkError `bad_request` that says what is wrong with it. */
export function parseKeyCommand(words: readonly string[]): KeyCommand {
  const { positionals, values } = readWords(words);
  const [verb, ...rest] = positionals;
  if (verb === "list" && rest.length === 0) return { verb };
  if (verb === "revoke" && rest.length === 1) return { verb, id: rest[0]! };
  if (verb === "create" && rest.length === 0) {
    const name = values.name?.trim();
    if (!name) throw new TidemarkError("bad_request", `create wants --name <name>\n${USAGE}`);
    return { verb, name, scopes: parseScopes(values.scope ?? "") };
  }
  throw new TidemarkError("bad_request", USAGE);
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { name: { type: "string" }, scope: { type: "string" } },
    });
  } catch (error) {
    throw new TidemarkError("bad_request", `${(error as Error).message}\n${USAGE}`);
  }
}

function parseScopes(text: string): Scope[] {
  return text.split(",").map((word) => {
    const scope = Scope.safeParse(word.trim());
    if (scope.success) return scope.data;
    throw new TidemarkError(
      "bad_request",
      `--scope "${word.trim()}": expected ingest, read or admin, or several with commas`,
    );
  });
}
