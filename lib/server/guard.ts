import { forLog } from "@/lib/http/for-log";
import { isStoreFailure } from "@/lib/http/store-failure";
import { log } from "@/lib/log";

const GUARDED = Symbol.for("tidemark.guard");

/**
 * Ends the process on an error that nobody caught, since its state is then unknown. What comes of a lost connection is
 * known and survived: postgres.js writes once more to a socket that is gone (porsager/postgres #1208), and a promise
 * of its own may fail with nobody waiting. The statement has failed by then and its caller has been told.
 */
export function guardProcess(): void {
  const global = globalThis as { [GUARDED]?: boolean };
  if (global[GUARDED]) return;
  global[GUARDED] = true;
  process.on("uncaughtException", (error) => judge(error, isClosedSocketWrite(error)));
  process.on("unhandledRejection", (error) => judge(error, isStoreFailure(error) || isAbort(error)));
}

function judge(error: unknown, survivable: boolean): void {
  if (survivable) {
    log.warn({ error: forLog(error) }, "a connection was lost; serving goes on");
    return;
  }
  log.fatal({ error: forLog(error) }, "an error that nobody caught: the process ends");
  process.exit(1);
}

export function isClosedSocketWrite(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    error.message.includes("reading 'write'") &&
    /\bnextWrite\b/.test(error.stack ?? "")
  );
}

/** A client that has gone. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "ResponseAborted");
}
