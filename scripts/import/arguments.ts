import { parseArgs } from "node:util";

export type ImportCommand = {
  /** Of the MLflow server, without a slash at its end. */
  from: string;
  fromAuthorization: string | null;
  to: string;
  key: string;
  /** A folder that holds the artifacts as MLflow lays them out: <experiment id>/<run id>/artifacts. */
  artifacts: string | null;
};

export const USAGE = `Usage:
  npm run import -- mlflow <address> [--to http://127.0.0.1:3000] [--key <key>] [--artifacts <folder>]

  <address>    of a running mlflow server: http://127.0.0.1:5000; credentials as MLflow has them, in
               MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD
  --to         the Tidemark to bring it to, which must be running
  --key        its API key with the scope admin; else TIDEMARK_API_KEY, else TIDEMARK_BOOTSTRAP_KEY
  --artifacts  where the files are, for a server that does not hand them out`;

/** Reads a command line. @throws Error that says what is wrong with it */
export function parseImportCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ImportCommand {
  const { positionals, values } = readWords(words);
  const [what, address, ...rest] = positionals;
  if (what !== "mlflow" || !address || rest.length > 0) throw new Error(USAGE);
  const from = readAddress(address, "<address>");
  const to = readAddress(values.to ?? "http://127.0.0.1:3000", "--to");
  const key = values.key || environment.TIDEMARK_API_KEY || environment.TIDEMARK_BOOTSTRAP_KEY;
  if (!key) {
    throw new Error(
      "an import wants an API key of Tidemark with the scope admin: give --key or TIDEMARK_API_KEY; npm run key -- create --name import --scope admin makes one",
    );
  }
  return {
    from: from.base,
    fromAuthorization: from.basic ?? authorizationOf(environment),
    to: to.base,
    key,
    artifacts: values.artifacts || null,
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { to: { type: "string" }, key: { type: "string" }, artifacts: { type: "string" } },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}

function readAddress(text: string, what: string): { base: string; basic: string | null } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new Error(
      `${what} "${text}": expected the address of a running server, such as http://127.0.0.1:5000. For a database or a folder, start one first: mlflow server --backend-store-uri ${text}`,
    );
  }
  const basic = url.username
    ? basicOf(decodeURIComponent(url.username), decodeURIComponent(url.password))
    : null;
  return { base: `${url.origin}${url.pathname}`.replace(/\/+$/, ""), basic };
}

function authorizationOf(environment: Readonly<Record<string, string | undefined>>): string | null {
  if (environment.MLFLOW_TRACKING_TOKEN) return `Bearer ${environment.MLFLOW_TRACKING_TOKEN}`;
  const { MLFLOW_TRACKING_USERNAME: user, MLFLOW_TRACKING_PASSWORD: password } = environment;
  return user ? basicOf(user, password ?? "") : null;
}

const basicOf = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
