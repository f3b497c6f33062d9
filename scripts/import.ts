import nextEnvironment from "@next/env";
import { parseImportCommand } from "./import/arguments";
import { bringEverything } from "./import/experiments";
import { onDisk, proxied } from "./import/files";
import type { Job } from "./import/job";
import { Places } from "./import/places";
import { showProgress } from "./import/progress";
import { Refused, Remote, Stop } from "./import/remote";
import { Source } from "./import/source";
import { Tally } from "./import/tally";
import { Target } from "./import/target";

/**
 * npm run import: brings what an MLflow tracking server holds over to a running Tidemark. It may be ended at any moment
 * and started again: what is there already is left alone.
 */
const NEVER =
  "Never brought over, since MLflow's protocol does not hand them out or Tidemark does not keep them: traces, assessments, prompts, scorers, evaluation data sets, webhooks, users and their permissions, the history of stages, what was deleted for good.";

const EXPERIMENTS = "/api/2.0/mlflow/experiments/search";

/** Before anything is read: who is asked must be there, be what is wanted, and take the credentials. */
async function firstAnswer(remote: Remote, what: string, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Stop(`${remote.base} is not ${what}: it answers ${error.status} (${error.message})`);
  }
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  const command = parseImportCommand(process.argv.slice(2), process.env);
  const from = new Remote(
    "the MLflow server",
    command.from,
    command.fromAuthorization,
    "Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD",
  );
  const to = new Remote(
    "Tidemark",
    command.to,
    `Bearer ${command.key}`,
    "Give --key or TIDEMARK_API_KEY a key with the scope admin",
  );
  const job: Job = {
    source: new Source(from),
    target: new Target(to),
    tally: new Tally(),
    places: new Places(),
    proxied: proxied(from),
    disk: command.artifacts === null ? null : onDisk(command.artifacts),
  };
  await firstAnswer(from, "an MLflow server", () => from.post(EXPERIMENTS, { max_results: 1 }));
  await firstAnswer(to, "a Tidemark of this version", () => to.get("/api/v1/keys"));
  const done = showProgress(() => job.tally.progress());
  try {
    await bringEverything(job);
  } finally {
    done();
  }
  console.log(`${job.tally.report()}\n\n${NEVER}`);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
