import { setTimeout as sleep } from "node:timers/promises";
import nextEnvironment from "@next/env";
import { formatMetric, plural } from "@/lib/charts/format";
import { Evaluation } from "@/lib/evaluations/schema";
import { metricName } from "@/lib/models/metric";
import { type EvaluateCommand, parseEvaluateCommand } from "./evaluate/arguments";
import { evaluateAndSave } from "./evaluate/evaluate";
import { TidemarkClient } from "./tidemark-client";

/** npm run evaluate: a version's model on a held-out set, saved as evidence, for a pipeline. */
const CONFIRMED = 0;
const NOT_CONFIRMED = 1;
const UNKNOWN = 2;

const POLL_MS = 2_000;

async function run(command: EvaluateCommand): Promise<number> {
  const client = new TidemarkClient(command);
  const saved = await evaluateAndSave(client, command);
  for (const [name, { value }] of Object.entries(saved.metrics))
    console.log(`${metricName(name).padEnd(24)}${formatMetric(value)}`);
  console.log(`\nsaved as evidence ${saved.evaluation_id}: ${plural(saved.n, "row")} on ${saved.backend}`);
  const done = await waitForServer(client, command, saved);
  console.log(`${done.state}: ${done.check_message ?? "the repetition was cancelled"}`);
  return done.state === "confirmed" && done.belongs !== false ? CONFIRMED : NOT_CONFIRMED;
}

/** The server repeats one evaluation after the other, each within ten minutes. */
async function waitForServer(
  client: TidemarkClient,
  { model, version }: EvaluateCommand,
  saved: Evaluation,
): Promise<Evaluation> {
  const [m, v] = [model, version].map(encodeURIComponent);
  let now = saved;
  while (now.repeat !== null) {
    await sleep(POLL_MS);
    now = await client.call(
      Evaluation,
      `/api/v1/models/${m}/versions/${v}/evaluations/${saved.evaluation_id}`,
    );
  }
  return now;
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  process.exitCode = await run(parseEvaluateCommand(process.argv.slice(2), process.env));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = UNKNOWN;
}
