import { createHash, timingSafeEqual } from "node:crypto";
import { TidemarkError } from "@/lib/errors";
import { authenticateKey } from "@/lib/keys/authenticate";
import type { Scope } from "@/lib/keys/schema";
import type { ActingPerson } from "@/lib/people/person-store";
import { isAtLeast, type Role, roleFor, strongestRole } from "@/lib/people/roles";
import { SESSION_COOKIE } from "@/lib/people/session-cookie";
import type { Runtime } from "@/lib/server/runtime";

/** Who sends a request, and what they may do. */
export type Principal = {
  /**
   * As the audit log writes it: "person:<e-mail>", whether at a page or by a key of theirs; "key:<name>" of a service,
   * "bootstrap-key", "anonymous".
   */
  actor: string;
  /** Of a key; a person at a page is bound by their role alone and has all of them. */
  scopes: readonly Scope[];
  /** Whose session or key it is; a service's key has nobody. */
  person?: ActingPerson;
  /** Of the session, where a person is at a page. */
  sessionId?: string;
};

/** public: anybody. person: somebody who is signed in at a page; no key will do. */
export type RequiredScope = Scope | "public" | "person";

/** What a request asks of whoever sends it. */
export type Required = {
  scope: RequiredScope;
  /** The least role of a person; unset = what the scope asks. */
  role?: Role | undefined;
  /** "person": no service's key will do; at a page or by a key of their own, a person answers for it. */
  by?: "person" | undefined;
  /** "body": which model is meant is known later, and authorizeModel asks then. */
  model?: "body" | undefined;
};

/** basic: whether a key may also come as the password of Basic authorization. */
export type Admission = { basic?: boolean };

const EVERYTHING: readonly Scope[] = ["ingest", "read", "admin"];
const ANONYMOUS: Principal = { actor: "anonymous", scopes: [] };
const BOOTSTRAP: Principal = { actor: "bootstrap-key", scopes: EVERYTHING };

/** What a scope asks of a person where the route does not say. */
const ROLE_OF_SCOPE: Record<Scope | "person", Role> = {
  read: "viewer",
  ingest: "analyst",
  admin: "admin",
  person: "viewer",
};

/**
 * A key where one is sent, good or bad; else the person of the session cookie, for this server's own pages; else
 * nobody. What another site's page sends along with the cookie is nobody's, reading included.
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
  return isOwnPage(request.headers) ? identifyPerson(request.headers, runtime) : ANONYMOUS;
}

async function identifyPerson(headers: Headers, runtime: Runtime): Promise<Principal> {
  if (!runtime.settings.pages || !headers.get("cookie")?.includes(SESSION_COOKIE)) return ANONYMOUS;
  // Logging clients send no cookie, and their process need not load what reads one.
  const { findSignedIn } = await import("@/lib/people/session");
  const found = await findSignedIn(runtime, headers);
  if (!found) return ANONYMOUS;
  const { person, sessionId } = found;
  return { actor: `person:${person.email}`, scopes: EVERYTHING, person, sessionId };
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
  const { key, person } = await authenticateKey(runtime, token);
  // A person's keys are the person: with two of them nobody is two pairs of eyes.
  return person
    ? { actor: `person:${person.email}`, scopes: key.scopes, person }
    : { actor: `key:${key.name}`, scopes: key.scopes };
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

/** @throws TidemarkError `forbidden` for what another site's page sends: it must not sign anybody in or out. */
export function refuseForeign(headers: Headers): void {
  if (isOwnPage(headers)) return;
  throw new TidemarkError(
    "forbidden",
    "this is for this server's own pages: send the Origin header of the server itself",
  );
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
 * Asks a key for the scope (admin may do everything; ingest and read do not imply each other), a person for the role,
 * and a person's key for both. What a person has to answer for, no service's key may.
 * @param model the model that the request is about, where its address says it
 * @throws TidemarkError `unauthenticated` for nobody, `forbidden` for somebody without scope or role.
 */
export function authorize(
  { actor, scopes, person, sessionId }: Principal,
  { scope, role, by, model: named }: Required,
  model?: string,
): void {
  if (scope === "public") return;
  if (scope === "person") {
    if (sessionId === undefined) throw notSignedIn(scopes);
  } else if (scopes.length === 0) {
    throw new TidemarkError(
      "unauthenticated",
      `this request needs somebody who is signed in, or an API key with the scope ${scope}: send Authorization: Bearer <api key>; the page /keys makes one, and so does npm run key -- create --name <name> --scope ${scope}`,
    );
  }
  if (scope !== "person" && !scopes.includes(scope) && !scopes.includes("admin")) {
    throw new TidemarkError(
      "forbidden",
      `this key may ${scopes.join(", ")}; the request needs the scope ${scope}: use a key that has it`,
    );
  }
  if (!person) {
    if (by === "person") throw needsPerson(actor, role ?? ROLE_OF_SCOPE[scope]);
    return;
  }
  const least = role ?? ROLE_OF_SCOPE[scope];
  const held = named === "body" ? strongestRole(person) : roleFor(person, model);
  if (!isAtLeast(held, least)) throw lacksRole(person, held, least, model);
}

/**
 * Asks again, of a request whose body says which model it is about. A service's key is not bound to models.
 * @throws TidemarkError `forbidden`
 */
export function authorizeModel({ person }: Principal, { scope, role }: Required, model: string): void {
  if (!person || scope === "public") return;
  const least = role ?? ROLE_OF_SCOPE[scope];
  const held = roleFor(person, model);
  if (!isAtLeast(held, least)) throw lacksRole(person, held, least, model);
}

/** Whether somebody may do what only administrators may: by role where it is a person, at a page or with a key. */
export function isAdmin({ scopes, person }: Principal, model?: string): boolean {
  return scopes.includes("admin") && (!person || roleFor(person, model) === "admin");
}

function notSignedIn(scopes: readonly Scope[]): TidemarkError {
  return scopes.length === 0
    ? new TidemarkError(
        "unauthenticated",
        "this needs somebody who is signed in: sign in on the page /sign-in",
      )
    : new TidemarkError("forbidden", "this needs somebody who is signed in on a page; a key will not do");
}

const needsPerson = (actor: string, least: Role) =>
  new TidemarkError(
    "forbidden",
    `${actor === "bootstrap-key" ? "the bootstrap key" : actor.replace(/^key:/, "key ")} belongs to no person, and this is a person's to decide: somebody who is ${least} does it on the page, or with a key of their own, which the page /keys makes`,
  );

function lacksRole(person: ActingPerson, held: Role, least: Role, model: string | undefined): TidemarkError {
  const where = model === undefined ? "" : ` for the model ${JSON.stringify(model.slice(0, 80))}`;
  return new TidemarkError(
    "forbidden",
    `${person.email} is ${held}${where}; this needs ${least}: an administrator changes roles on the page /people`,
  );
}

/** Anonymous requests to public routes must not fail for a key they did not need. */
export async function admit(
  request: Request,
  runtime: Runtime,
  required: Required,
  { model, ...admission }: Admission & { model?: string | undefined } = {},
): Promise<Principal> {
  if (required.scope === "public") return ANONYMOUS;
  const principal = await identify(request, runtime, admission);
  authorize(principal, required, model);
  return principal;
}

/**
 * Who opens a page: the person of the session, also where they come by a link, a bookmark or the address bar. What a
 * page of another origin asks for by script is nobody's, and a key opens no page.
 */
export async function identifyVisitor(headers: Headers, runtime: Runtime): Promise<Principal> {
  const visit = headers.get("authorization") === null && (isOwnPage(headers) || isVisit(headers));
  return visit ? identifyPerson(headers, runtime) : ANONYMOUS;
}

/** Browsers leave Sec-Fetch-* out on plain http beyond loopback; a visit never carries an Origin. */
export function isVisit(headers: Headers): boolean {
  if (headers.get("origin") !== null) return false;
  const site = headers.get("sec-fetch-site");
  return site === null || site === "none" || headers.get("sec-fetch-mode") === "navigate";
}
