/** Every way a verb can refuse. One code, one HTTP status (lib/http/handle.ts), one meaning. */
export type ErrorCode =
  | "bad_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "overloaded"
  | "store_unavailable"
  | "internal";

/**
 * A refusal that may be shown to whoever caused it: the message names the value and the remedy.
 * The cause is logged, never sent.
 */
export class TidemarkError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: unknown[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "TidemarkError";
    this.code = code;
    this.details = options.details ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
