import { setTimeout as sleep } from "node:timers/promises";
import nextEnvironment from "@next/env";
import type { GateCheck, Promotion } from "@/lib/promotions/schema";
import { checkVerdict, promotionVerdict } from "@/lib/promotions/verdict";
import { type GateCommand, parseGateCommand } from "./gate/arguments";
import { Client } from "./gate/client";
import { gateTable } from "./gate/table";
import { Refused } from "./tidemark-client";

/** npm run gate: whether a version passes what protects a stage or an alias, for a pipeline. */
const PASSED = 0;
const FAILED = 1;
const UNKNOWN = 2;

const POLL_MS = 3_000;
const CONFLICT = 409;

async function run(command: GateCommand): Promise<number> {
  const client = new Client(command);
  const until = Date.now() + command.waitSeconds * 1000;
  const check = await client.gates();
  if (command.request === null) {
    show(command, check, gateTable(check.gates), checkVerdict(check));
    return check.passed ? PASSED : FAILED;
  }
  const asked = await ask(client, command, command.request, until);
  if (typeof asked === "string") {
    show(command, check, gateTable(check.gates), asked);
    return PASSED;
  }
  const done = await waitForDecision(client, asked, until);
  show(
    command,
    done,
    gateTable(done.snapshot.gates),
    `${promotionVerdict(done)}\n${command.server}${done.url}`,
  );
  if (done.state === "promoted") return PASSED;
  if (done.state !== "open") return FAILED;
  // A request that nobody can approve need not be waited for.
  if (!done.passed) return FAILED;
  return command.waitSeconds === 0 ? PASSED : UNKNOWN;
}

/**
 * The request that is open already is taken for ours; one that waits for evidence is tried again.
 * @returns in words where the version is there already, as when a pipeline runs once more
 */
async function ask(
  client: Client,
  { waitSeconds }: GateCommand,
  reason: string,
  until: number,
): Promise<Promotion | string> {
  for (;;) {
    try {
      return await client.ask(reason);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== CONFLICT) throw error;
      const [detail] = error.details as { promotion_id?: string; already?: boolean }[];
      if (detail?.already) return error.message;
      if (detail?.promotion_id) return client.promotion(detail.promotion_id);
      if (waitSeconds === 0 || Date.now() >= until || !/ask again/.test(error.message)) throw error;
      console.error(error.message);
      await sleep(POLL_MS);
    }
  }
}

async function waitForDecision(client: Client, asked: Promotion, until: number): Promise<Promotion> {
  let now = asked;
  while (now.state === "open" && now.passed && Date.now() < until) {
    await sleep(Math.min(POLL_MS, Math.max(0, until - Date.now())));
    now = await client.promotion(asked.promotion_id);
  }
  return now;
}

function show(command: GateCommand, reply: GateCheck | Promotion, table: string, verdict: string): void {
  if (command.json) console.log(JSON.stringify(reply, null, 2));
  else console.log(`${table}\n\n${verdict}`);
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  process.exitCode = await run(parseGateCommand(process.argv.slice(2), process.env));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = UNKNOWN;
}
