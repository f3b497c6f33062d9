import type { ErrorCode, TidemarkError } from "@/lib/errors";

/** MLflow's names of errors and their statuses (mlflow/exceptions.py); its clients try 429, 500 and 503 again. */
const CODES: Record<ErrorCode, { error_code: string; status: number }> = {
  bad_request: { error_code: "INVALID_PARAMETER_VALUE", status: 400 },
  unauthenticated: { error_code: "UNAUTHENTICATED", status: 401 },
  forbidden: { error_code: "PERMISSION_DENIED", status: 403 },
  not_found: { error_code: "RESOURCE_DOES_NOT_EXIST", status: 404 },
  method_not_allowed: { error_code: "ENDPOINT_NOT_FOUND", status: 404 },
  conflict: { error_code: "RESOURCE_ALREADY_EXISTS", status: 400 },
  too_large: { error_code: "INVALID_PARAMETER_VALUE", status: 400 },
  unsupported_media_type: { error_code: "BAD_REQUEST", status: 400 },
  overloaded: { error_code: "REQUEST_LIMIT_EXCEEDED", status: 429 },
  store_unavailable: { error_code: "TEMPORARILY_UNAVAILABLE", status: 503 },
  internal: { error_code: "INTERNAL_ERROR", status: 500 },
};

const HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** A refusal in the shape that MLflow's clients read. */
export function refuseMlflow({ code, message, retryAfterSeconds }: TidemarkError): Response {
  const { error_code, status } = CODES[code];
  return Response.json(
    { error_code, message },
    {
      status,
      headers: {
        ...HEADERS,
        ...(code === "unauthenticated" ? { "www-authenticate": 'Basic realm="mlflow"' } : {}),
        ...(retryAfterSeconds === undefined
          ? {}
          : { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
      },
    },
  );
}

/** What is said of every address of the protocol that is not served; clients then try an older one. */
export const endpointNotFound = (method: string, pathname: string): Response =>
  Response.json(
    {
      error_code: "ENDPOINT_NOT_FOUND",
      message: `No endpoint ${method} ${pathname.slice(0, 200)}: docs/mlflow.md lists what Tidemark serves of MLflow's protocol`,
    },
    { status: 404, headers: HEADERS },
  );

export const notImplemented = (message: string): Response =>
  Response.json({ error_code: "NOT_IMPLEMENTED", message }, { status: 501, headers: HEADERS });
