import type { ErrorCode } from "@/lib/errors";

/** The one place where a refusal becomes an HTTP status. */
export const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  overloaded: 429,
  internal: 500,
  store_unavailable: 503,
};
