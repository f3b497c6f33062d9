import { parseArgs } from "node:util";
import nextEnvironment from "@next/env";
import { AuditVerdict } from "@/lib/audit/schema";
import { type ChainHead, verifyAudit } from "@/lib/audit/verify";
import { openStore } from "@/lib/db/client";
import { readSettings, type Settings } from "@/lib/settings";
import { askServer } from "./ask-server";

const USAGE = `npm run audit:verify -- [--head <id>:<hash>]

  Computes the hash of every event of the audit log anew.
  --head   the head that an earlier run printed, kept elsewhere: shows whether the chain was written anew as a whole
  Exit code 0: every event is what was written; 1: the first one that is not is named; 2: it could not be told`;

function readHead(text: string | undefined): ChainHead | undefined {
  if (text === undefined) return undefined;
  const [, id, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (id === undefined || hash === undefined) {
    throw new Error(`--head ${text}: expected <id>:<64 hexadecimal digits>, as an earlier run printed it`);
  }
  return { id: Number(id), hash };
}

/** In the store itself or, where a running server holds the embedded one, through its API. */
async function verify(settings: Settings, head: ChainHead | undefined): Promise<AuditVerdict> {
  const store = await openStore({ ...settings, poolSize: 2 }).catch((error: Error) => {
    if (!/held by another/.test(error.message)) throw error;
    return null;
  });
  if (!store) {
    if (head) {
      throw new Error(
        "--head wants the store itself: stop the server that holds the embedded store, then run again",
      );
    }
    return AuditVerdict.parse(await askServer(settings, "/api/v1/audit/verify", {}));
  }
  try {
    return await verifyAudit(store.db, head);
  } finally {
    await store.close();
  }
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  const { values } = parseArgs({ options: { head: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(USAGE);
  } else {
    const { events, head, broken } = await verify(readSettings(process.env), readHead(values.head));
    if (broken) {
      console.error(`The audit log is not what was written: ${broken.message} (${broken.reason}).`);
      process.exitCode = 1;
    } else {
      console.log(
        `All ${events} events of the audit log are what was written. Head: ${head.id}:${head.hash ?? "-"}`,
      );
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
