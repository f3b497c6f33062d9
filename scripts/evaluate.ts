import nextEnvironment from "@next/env";
import { formatMetric, plural } from "@/lib/charts/format";
import { metricName } from "@/lib/models/metric";
import { type EvaluateCommand, parseEvaluateCommand } from "./evaluate/arguments";
import { evaluateAndSave, untilRepeated } from "./evaluate/evaluate";
import { TidemarkClient } from "./tidemark-client";

/** npm run evaluate: a version's model on a held-out set, saved as evidence, for a pipeline. */
const CONFIRMED = 0;
const NOT_CONFIRMED = 1;
const UNKNOWN = 2;

async function run(command: EvaluateCommand): Promise<number> {
  const client = new TidemarkClient(command);
  const saved = await evaluateAndSave(client, command);
  for (const [name, { value, low, high }] of Object.entries(saved.metrics)) {
    const interval = low === null || high === null ? "" : `  (${formatMetric(low)} to ${formatMetric(high)})`;
    console.log(`${metricName(name).padEnd(24)}${formatMetric(value)}${interval}`);
  }
  console.log(`\nsaved as evidence ${saved.evaluation_id}: ${plural(saved.n, "row")} on ${saved.backend}`);
  const done = await untilRepeated(client, saved);
  console.log(`${done.state}: ${done.check_message ?? "the repetition was cancelled"}`);
  return done.state === "confirmed" && done.belongs !== false ? CONFIRMED : NOT_CONFIRMED;
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  process.exitCode = await run(parseEvaluateCommand(process.argv.slice(2), process.env));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = UNKNOWN;
}
