import type { IncomingMessage, ServerResponse } from "node:http";
import { TidemarkError } from "@/lib/errors";
import { checkHost } from "@/lib/http/hosts";
import { STATUS } from "@/lib/http/status";
import type { Settings } from "@/lib/settings";

/** Sent with every reply, pages and files included. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const WITHOUT_PAGES = /^\/(api\/|health$|metrics$)/;

/**
 * What is settled before Next sees a request: hosts this server does not answer to, pages that are turned off.
 * @returns false when the request has been answered here.
 */
export function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
): boolean {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  try {
    checkHost(request.headers.host ?? null, settings);
    const path = (request.url ?? "/").split("?", 1)[0]!;
    if (!settings.pages && !WITHOUT_PAGES.test(path)) {
      throw new TidemarkError(
        "not_found",
        "this server has its pages turned off (TIDEMARK_PAGES=0): use /api/v1",
      );
    }
    checkNames(path);
    return true;
  } catch (error) {
    const { code, message } = error as TidemarkError;
    response.writeHead(STATUS[code], {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
    });
    response.end(JSON.stringify({ error: { code, message, details: [] } }));
    return false;
  }
}

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
    if (names[0] === "api" && (plain === "." || plain === ".." || (plain === "" && !last))) {
      throw new TidemarkError(
        "bad_request",
        `path: ${path.slice(0, 200)} has an empty or dotted name in it: give the model's and the version's own name`,
      );
    }
  }
}
