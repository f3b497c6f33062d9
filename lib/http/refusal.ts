import { randomUUID } from "node:crypto";
import { sqlState } from "@/lib/db/errors";
import { type ErrorCode, TidemarkError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { ErrorReply } from "@/lib/wire";
import { forLog } from "./for-log";
import { STATUS } from "./status";
import { isStoreFailure } from "./store-failure";

const STORE_RETRY_SECONDS = 2;

/** By shape, not by class: an error may come from another of the bundles that Next makes of one module. */
function isRefusal(error: unknown): error is TidemarkError {
  return error instanceof Error && error.name === "TidemarkError" && (error as TidemarkError).code in STATUS;
}

/** What may be said of an error. The rest goes to the log, under an id that the message holds. */
export function toRefusal(error: unknown, where: string): TidemarkError {
  if (isRefusal(error)) {
    if (STATUS[error.code] >= 500) log.warn({ error: forLog(error), where }, error.message);
    return error;
  }
  if (isStoreFailure(error)) {
    warnOfStore(error, where);
    return new TidemarkError(
      "store_unavailable",
      sqlState(error) === "53100"
        ? "the store's disk is full; nothing of this request was acknowledged: free space there, then send it again"
        : "the store cannot be reached at the moment; nothing of this request was acknowledged: send it again",
      { cause: error, retryAfterSeconds: STORE_RETRY_SECONDS },
    );
  }
  const id = randomUUID().slice(0, 8);
  log.error({ error: forLog(error), where, id }, "a request failed unexpectedly");
  return new TidemarkError("internal", `something failed inside the server; its log says what, under ${id}`, {
    cause: error,
  });
}

let warnedAt = 0;

/** Once a second at most: while the store is away, every request says the same. */
function warnOfStore(error: unknown, where: string): void {
  const now = performance.now();
  if (warnedAt > 0 && now - warnedAt < 1000) return;
  warnedAt = now;
  log.warn({ error: forLog(error), where }, "the store cannot be reached");
}

/** The one shape of an error reply. */
export function refuse(refusal: TidemarkError): Response {
  const code: ErrorCode = refusal.code;
  const body: ErrorReply = { error: { code, message: refusal.message, details: refusal.details } };
  const headers: Record<string, string> = {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  const retryAfter =
    refusal.retryAfterSeconds ?? (code === "overloaded" || code === "store_unavailable" ? 1 : null);
  if (retryAfter !== null) headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfter)));
  if (code === "unauthenticated") headers["www-authenticate"] = "Bearer";
  return new Response(JSON.stringify(body), { status: STATUS[code], headers });
}
