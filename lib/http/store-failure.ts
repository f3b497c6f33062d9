// A lost or refused connection, a server that is starting or stopping, or one without disk, memory or connections left;
// see PostgreSQL's appendix A.
const CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P02",
  "57P03",
  "53100",
  "53200",
  "53300",
]);

/** True when an error means that the store cannot serve anybody, rather than that it refused a statement. */
export function isStoreFailure(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === "string" && (CODES.has(code) || code.startsWith("08"))) return true;
    if (/PGlite is clos/i.test(cause.message)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isStoreFailure)) return true;
  }
  return false;
}
