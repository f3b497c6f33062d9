import { createHash, timingSafeEqual } from "node:crypto";
import { TidemarkError } from "@/lib/errors";
import { authenticateKey } from "@/lib/keys/authenticate";
import type { Scope } from "@/lib/keys/schema";
import type { Runtime } from "@/lib/server/runtime";

/** Who sends a request, and what they may do. */
export type Principal = {
  /** As the audit log writes it: "page", "key:<name>", "bootstrap-key", "anonymous". */
  actor: string;
  scopes: readonly Scope[];
};

export type RequiredScope = Scope | "public";

/** basic: whether a key may also come as the password of Basic authorization. */
export type Admission = { basic?: boolean };

const EVERYTHING: readonly Scope[] = ["ingest", "read", "admin"];
const ANONYMOUS: Principal = { actor: "anonymous", scopes: [] };
const BOOTSTRAP: Principal = { actor: "bootstrap-key", scopes: EVERYTHING };
const PAGE: Principal = { actor: "page", scopes: EVERYTHING };

/**
 * A key where one is sent, good or bad; else this server's own pages; else nobody.
 * @throws TidemarkError `unauthenticated` for a key that is not one, or not any more.
 */
export async function identify(
  request: Request,
  runtime: Runtime,
  { basic = false }: Admission = {},
): Promise<Principal> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    return identifyKey(basic ? basicAsBearer(authorization, request.headers) : authorization, runtime);
  }
  if (runtime.settings.pages && isOwnPage(request.headers)) return PAGE;
  return ANONYMOUS;
}

/**
 * MLflow's clients may send the key as the password of any user. A browser keeps a password and sends it along with
 * whatever any page asks for, so that way is closed to requests that another site's page makes.
 */
function basicAsBearer(authorization: string, headers: Headers): string {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization)?.[1];
  if (!encoded) return authorization;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") {
    throw new TidemarkError("unauthenticated", "a page of another site may not use a kept password");
  }
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  return `Bearer ${pair.slice(pair.indexOf(":") + 1)}`;
}

async function identifyKey(authorization: string, runtime: Runtime): Promise<Principal> {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (!token) {
    throw new TidemarkError(
      "unauthenticated",
      "the Authorization header is not of the form: Bearer <api key>",
    );
  }
  const { bootstrapKey } = runtime.settings;
  if (bootstrapKey !== undefined && sameSecret(token, bootstrapKey)) return BOOTSTRAP;
  const key = await authenticateKey(runtime, token);
  return { actor: `key:${key.name}`, scopes: key.scopes };
}

function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Whether a browser says that the request comes from a page of this very origin. Browsers leave Sec-Fetch-Site out on
 * plain http beyond loopback; there Origin or Referer must say it. No page can forge any of the three.
 */
export function isOwnPage(headers: Headers): boolean {
  const host = headers.get("host");
  const origin = headers.get("origin");
  if (origin !== null && !isAt(origin, host)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return origin !== null || isAt(headers.get("referer"), host);
}

function isAt(address: string | null, host: string | null): boolean {
  if (!address || !host) return false;
  try {
    return new URL(address).host === host.toLowerCase();
  } catch {
    return false;
  }
}

/**
 * admin may do everything; ingest and read do not imply each other.
 * @throws TidemarkError `unauthenticated` for nobody, `forbidden` for somebody without the scope.
 */
export function authorize(principal: Principal, required: RequiredScope): void {
  if (required === "public" || principal.scopes.includes(required) || principal.scopes.includes("admin"))
    return;
  if (principal.scopes.length === 0) {
    throw new TidemarkError(
      "unauthenticated",
      `this request needs an API key with the scope ${required}: send Authorization: Bearer <api key>; the page /keys makes one, and so does npm run key -- create --name <name> --scope ${required}`,
    );
  }
  throw new TidemarkError(
    "forbidden",
    `this key may ${principal.scopes.join(", ")}; the request needs the scope ${required}: use a key that has it`,
  );
}

/** Anonymous requests to public routes must not fail for a key they did not need. */
export async function admit(
  request: Request,
  runtime: Runtime,
  required: RequiredScope,
  admission: Admission = {},
): Promise<Principal> {
  if (required === "public") return ANONYMOUS;
  const principal = await identify(request, runtime, admission);
  authorize(principal, required);
  return principal;
}

/**
 * Who opens a page: as above, and a person who comes by a link, a bookmark or the address bar reads what the page
 * would read for them a moment later. What a page of another origin asks for by script is nobody's.
 * @throws TidemarkError `unauthenticated` or `forbidden` as for a request to the API
 */
export async function admitVisitor(headers: Headers, runtime: Runtime, required: Scope): Promise<Principal> {
  const authorization = headers.get("authorization");
  const principal =
    authorization !== null
      ? await identifyKey(authorization, runtime)
      : runtime.settings.pages && (isOwnPage(headers) || isVisit(headers))
        ? PAGE
        : ANONYMOUS;
  authorize(principal, required);
  return principal;
}

/** Browsers leave Sec-Fetch-* out on plain http beyond loopback; a visit never carries an Origin. */
function isVisit(headers: Headers): boolean {
  if (headers.get("origin") !== null) return false;
  const site = headers.get("sec-fetch-site");
  return site === null || site === "none" || headers.get("sec-fetch-mode") === "navigate";
}
