import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, TidemarkError } from "@/lib/errors";
import { checkHost } from "@/lib/http/hosts";
import { ADDRESS_HEADER } from "@/lib/http/origin";
import { NONCE_HEADER, PATH_HEADER } from "@/lib/http/page-headers";
import { STATUS } from "@/lib/http/status";
import type { Settings } from "@/lib/settings";
import type { ErrorReply } from "@/lib/wire";

/** On this page models run in the browser: WebAssembly is compiled, in workers that are made of a blob. */
const RUNS_MODELS = /^\/models\/[^/]+\/[^/]+\/evaluate\/?$/;

/** A worker has the policy that its own file came with. */
const WORKER_FILES = /^\/(_next\/static|engine)\//;

/**
 * Pages load nothing from elsewhere and send nothing elsewhere, whatever gets into them: a script runs only with the
 * nonce of this very reply, or from a file of this server. Styles stay open, since charts and menus are placed by them.
 * @param dev Next's development mode builds functions from text
 */
export function contentPolicy({ path, nonce, dev }: { path: string; nonce: string; dev: boolean }): string {
  const models = RUNS_MODELS.test(path) || WORKER_FILES.test(path);
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${models ? " 'wasm-unsafe-eval'" : ""}${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `worker-src 'self'${models ? " blob:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Sent with every reply, pages and files included. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const WITHOUT_PAGES = /^\/(api\/|ajax-api\/|health$|metrics$|get-artifact$|model-versions\/get-artifact$)/;

/** Addresses of MLflow's protocol, whose clients read errors in its shape alone. */
const MLFLOW = /^\/(ajax-api|api\/[23]\.0)\//;

/**
 * What is settled before Next sees a request: hosts this server does not answer to, pages that are turned off.
 * @returns false when the request has been answered here.
 */
export function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
  { dev = false }: { dev?: boolean } = {},
): boolean {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  secure(request, response, { path, dev });
  try {
    checkHost(request.headers.host ?? null, settings);
    if (!settings.pages && !WITHOUT_PAGES.test(path)) {
      throw new TidemarkError(
        "not_found",
        "this server has its pages turned off (TIDEMARK_PAGES=0): use /api/v1",
      );
    }
    checkNames(path);
    refuseTrailingSlash(request.method, path);
    if (path.startsWith("/api/")) tellWrongMethod(request, response);
    return true;
  } catch (error) {
    const { code, message } = error as TidemarkError;
    response.writeHead(STATUS[code], JSON_HEADERS);
    response.end(MLFLOW.test(path) ? mlflowBody(code, message) : errorBody(code, message));
    return false;
  }
}

/** Sets the policy of the reply, and tells the pages what they cannot know: Next reads the nonce from the policy. */
function secure(
  request: IncomingMessage,
  response: ServerResponse,
  { path, dev }: { path: string; dev: boolean },
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy({ path, nonce, dev });
  response.setHeader("Content-Security-Policy", policy);
  Object.assign(request.headers, {
    "content-security-policy": policy,
    [NONCE_HEADER]: nonce,
    [PATH_HEADER]: request.url ?? "/",
    [ADDRESS_HEADER]: request.socket.remoteAddress ?? "unknown",
  });
}

/** Next answers a method that a route does not have with a bare 405: the one error shape is put into it. */
function tellWrongMethod(request: IncomingMessage, response: ServerResponse): void {
  const { end, writeHead } = response;
  const body = errorBody(
    "method_not_allowed",
    `${request.method} is no method of this address: /api/openapi.json lists the methods it has`,
  );
  response.writeHead = function write(this: ServerResponse, ...head: Parameters<typeof writeHead>) {
    if (head[0] === STATUS.method_not_allowed) {
      this.removeHeader("Content-Length");
      for (const [name, value] of Object.entries(JSON_HEADERS)) this.setHeader(name, value);
    }
    return writeHead.apply(this, head);
  } as typeof writeHead;
  response.end = function finish(this: ServerResponse, ...last: Parameters<typeof end>) {
    return this.statusCode === STATUS.method_not_allowed
      ? end.call(this, body, "utf8")
      : end.apply(this, last);
  } as typeof end;
}

/** What a connection is told on which no request could be made out, before it is closed. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? ([
          "431 Request Header Fields Too Large",
          "too_large",
          "the headers are longer than 16 KiB: send fewer or shorter ones",
        ] as const)
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ([
            "408 Request Timeout",
            "bad_request",
            "the headers did not arrive in time: send the request again",
          ] as const)
        : ([
            "400 Bad Request",
            "bad_request",
            "this is not HTTP/1.1 as RFC 9112 has it: check Content-Length, Transfer-Encoding and header lines",
          ] as const);
  const body = errorBody(code, message);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${JSON_HEADERS["Content-Type"]}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const JSON_HEADERS = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };

function errorBody(code: ErrorCode, message: string): string {
  return JSON.stringify({ error: { code, message, details: [] } } satisfies ErrorReply);
}

/** Next would send the client elsewhere, with 308 and no body; a client that does not follow would take it for done. */
function refuseTrailingSlash(method: string | undefined, path: string): void {
  const [, plain] = /^(\/(?:api\/.+?|api|health|metrics))\/+$/.exec(path) ?? [];
  if (plain === undefined) return;
  throw new TidemarkError(
    "not_found",
    `there is nothing at ${method} ${path.slice(0, 200)}: leave out the slash at the end, ${plain.slice(0, 200)}`,
  );
}

const mlflowBody = (code: ErrorCode, message: string) =>
  JSON.stringify({
    error_code: code === "forbidden" ? "PERMISSION_DENIED" : "INVALID_PARAMETER_VALUE",
    message: code === "bad_request" ? `Invalid path: ${message}` : message,
  });

/**
 * Next answers 500 to an address that it cannot decode, and sends one with an empty or a dotted name elsewhere: below
 * /api that would be another resource than the one meant.
 */
function checkNames(path: string): void {
  const names = path.split("/").slice(1);
  for (const [place, name] of names.entries()) {
    let plain: string;
    try {
      plain = decodeURIComponent(name);
    } catch {
      throw new TidemarkError(
        "bad_request",
        `path: ${path.slice(0, 200)} is not percent-encoded UTF-8: encode names with encodeURIComponent`,
      );
    }
    const last = place === names.length - 1;
    if (
      (names[0] === "api" || names[0] === "ajax-api") &&
      (plain === "." || plain === ".." || (plain === "" && !last))
    ) {
      throw new TidemarkError(
        "bad_request",
        `path: ${path.slice(0, 200)} has an empty or dotted name in it: give the model's and the version's own name`,
      );
    }
  }
}
