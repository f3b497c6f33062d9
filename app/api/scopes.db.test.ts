import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import "./openapi.json/route";
import type { Database } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import type { RouteHandler } from "@/lib/http/handle";
import type { RequiredScope } from "@/lib/http/principal";
import { type RouteDefinition, routeTable } from "@/lib/http/table";
import { recordPredictions } from "@/lib/ingest/predictions";
import { gateOf } from "@/lib/ingest/runtime";
import { createKey } from "@/lib/keys/create";
import { revokeKey } from "@/lib/keys/revoke";
import type { Scope } from "@/lib/keys/schema";
import { authOf } from "@/lib/people/auth";
import { changePerson } from "@/lib/people/change";
import { makeDemoPeople } from "@/lib/people/demo";
import { listPeople } from "@/lib/people/list";
import { ROLES, type Role } from "@/lib/people/roles";
import { createRuntime, installRuntime, type Runtime } from "@/lib/server/runtime";
import { readSettings } from "@/lib/settings";

/** What each route asks for. Written out by hand: a route that changes its mind, or is new, fails here. */
const REQUIRED: Record<string, RequiredScope> = {
  "GET /health": "public",
  "GET /metrics": "read",
  "GET /api/openapi.json": "public",
  "POST /api/v1/predictions": "ingest",
  "POST /api/v1/ground-truth": "ingest",
  "GET /api/v1/models": "read",
  "GET /api/v1/models/{model}": "read",
  "PATCH /api/v1/models/{model}": "admin",
  "GET /api/v1/models/{model}/compare": "read",
  "GET /api/v1/models/{model}/datasets": "read",
  "GET /api/v1/models/{model}/datasets/{sha256}": "read",
  "PUT /api/v1/models/{model}/datasets/{sha256}": "ingest",
  "GET /api/v1/models/{model}/datasets/{sha256}/content": "read",
  "GET /api/v1/models/{model}/history": "read",
  "POST /api/v1/models/{model}/rollback": "admin",
  "GET /api/v1/models/{model}/versions": "read",
  "GET /api/v1/models/{model}/versions/{version}": "read",
  "PATCH /api/v1/models/{model}/versions/{version}": "admin",
  "GET /api/v1/models/{model}/versions/{version}/card": "read",
  "PUT /api/v1/models/{model}/versions/{version}/card": "admin",
  "GET /api/v1/models/{model}/versions/{version}/card/export": "read",
  "GET /api/v1/models/{model}/versions/{version}/evaluations": "read",
  "POST /api/v1/models/{model}/versions/{version}/evaluations": "ingest",
  "GET /api/v1/models/{model}/versions/{version}/evaluations/{id}": "read",
  "GET /api/v1/models/{model}/versions/{version}/evaluations/{id}/files/{sha256}": "read",
  "GET /api/v1/models/{model}/versions/{version}/evaluations/{id}/outcome": "read",
  "POST /api/v1/models/{model}/versions/{version}/evaluations/{id}/repeat": "ingest",
  "DELETE /api/v1/models/{model}/versions/{version}/evaluations/{id}/repeat": "ingest",
  "PUT /api/v1/models/{model}/versions/{version}/evaluations/files/{sha256}": "ingest",
  "PUT /api/v1/models/{model}/versions/{version}/input-mapping": "ingest",
  "GET /api/v1/models/{model}/versions/{version}/model-files": "read",
  "GET /api/v1/models/{model}/versions/{version}/model-files/content": "read",
  "GET /engine/{file}": "public",
  "GET /api/v1/models/{model}/versions/{version}/lineage": "read",
  "GET /api/v1/models/{model}/versions/{version}/baseline": "read",
  "PUT /api/v1/models/{model}/versions/{version}/baseline": "ingest",
  "GET /api/v1/models/{model}/versions/{version}/drift": "read",
  "GET /api/v1/models/{model}/versions/{version}/drift/segments": "read",
  "GET /api/v1/models/{model}/versions/{version}/drift/timeline": "read",
  "GET /api/v1/models/{model}/versions/{version}/performance": "read",
  "GET /api/v1/models/{model}/versions/{version}/quality": "read",
  "GET /api/v1/models/{model}/versions/{version}/predictions": "read",
  "GET /api/v1/models/{model}/versions/{version}/segments": "read",
  "GET /api/v1/models/{model}/versions/{version}/schema": "read",
  "PATCH /api/v1/models/{model}/versions/{version}/schema": "admin",
  "GET /api/v1/models/{model}/policy": "read",
  "PUT /api/v1/models/{model}/policy": "admin",
  "GET /api/v1/models/{model}/versions/{version}/gates": "read",
  "GET /api/v1/promotions": "read",
  "POST /api/v1/promotions": "ingest",
  "GET /api/v1/promotions/{id}": "read",
  "POST /api/v1/promotions/{id}/approve": "admin",
  "POST /api/v1/promotions/{id}/refuse": "admin",
  "POST /api/v1/promotions/{id}/comment": "ingest",
  "POST /api/v1/promotions/{id}/withdraw": "ingest",
  "GET /api/v1/experiments": "read",
  "GET /api/v1/experiments/{experiment}": "read",
  "GET /api/v1/experiments/{experiment}/names": "read",
  "GET /api/v1/experiments/{experiment}/groups": "read",
  "GET /api/v1/experiments/{experiment}/runs": "read",
  "GET /api/v1/experiments/{experiment}/views": "read",
  "POST /api/v1/experiments/{experiment}/views": "ingest",
  "PATCH /api/v1/experiments/{experiment}/views/{view}": "ingest",
  "DELETE /api/v1/experiments/{experiment}/views/{view}": "ingest",
  "GET /api/v1/curves": "read",
  "GET /api/v1/runs": "read",
  "GET /api/v1/runs/{run}": "read",
  "GET /api/v1/runs/{run}/files": "read",
  "GET /api/v1/runs/{run}/files/preview": "read",
  "GET /api/v1/runs/{run}/files/content": "read",
  "POST /api/v1/import": "admin",
  "GET /api/v1/keys": "admin",
  "POST /api/v1/keys": "admin",
  "DELETE /api/v1/keys/{id}": "admin",
  "POST /api/auth/sign-in": "public",
  "POST /api/auth/sign-out": "public",
  "POST /api/auth/oidc": "public",
  "GET /api/auth/callback/oidc": "public",
  "GET /api/auth/demo": "public",
  "POST /api/v1/welcome": "public",
  "POST /api/v1/welcome/read": "public",
  "POST /api/v1/forgotten": "public",
  "GET /api/v1/me": "person",
  "DELETE /api/v1/me/sessions/{session}": "person",
  "POST /api/v1/me/sign-out": "person",
  "POST /api/v1/me/password": "person",
  "GET /api/v1/people": "admin",
  "POST /api/v1/people": "admin",
  "PATCH /api/v1/people/{person}": "admin",
  "POST /api/v1/people/{person}/reset": "admin",
  "POST /api/v1/people/{person}/sign-out": "admin",
  "DELETE /api/v1/people/invitations/{invitation}": "admin",
  "GET /api/v1/audit": "admin",
  "GET /api/v1/webhooks": "admin",
  "POST /api/v1/webhooks": "admin",
  "GET /api/v1/webhooks/{id}": "admin",
  "PATCH /api/v1/webhooks/{id}": "admin",
  "DELETE /api/v1/webhooks/{id}": "admin",
  "POST /api/v1/webhooks/{id}/test": "admin",
  "GET /api/v1/audit/verify": "admin",
};

/**
 * MLflow's protocol. Training code reads and logs, and registers what it trained; what decides over others' work, or
 * cannot be undone, is the administrator's.
 */
const MLFLOW: Record<Exclude<RequiredScope, "person">, string[]> = {
  public: ["GET /api/3.0/mlflow/server-info"],
  read: [
    "GET /api/2.0/mlflow-artifacts/artifacts",
    "GET /api/2.0/mlflow-artifacts/artifacts/{path...}",
    "GET /api/2.0/mlflow/artifacts/list",
    "GET /api/2.0/mlflow/experiments/get",
    "GET /api/2.0/mlflow/experiments/get-by-name",
    "GET /api/2.0/mlflow/experiments/search",
    "GET /api/2.0/mlflow/logged-models/{model_id}",
    "GET /api/2.0/mlflow/logged-models/{model_id}/artifacts/directories",
    "GET /api/2.0/mlflow/logged-models/{model_id}/artifacts/files",
    "GET /api/2.0/mlflow/metrics/get-history",
    "GET /api/2.0/mlflow/metrics/get-history-bulk",
    "GET /api/2.0/mlflow/metrics/get-history-bulk-interval",
    "GET /api/2.0/mlflow/model-versions/get",
    "GET /api/2.0/mlflow/model-versions/get-download-uri",
    "GET /api/2.0/mlflow/model-versions/search",
    "GET /api/2.0/mlflow/registered-models/alias",
    "GET /api/2.0/mlflow/registered-models/get",
    "GET /api/2.0/mlflow/registered-models/get-latest-versions",
    "GET /api/2.0/mlflow/registered-models/search",
    "GET /api/2.0/mlflow/runs/get",
    "GET /get-artifact",
    "GET /model-versions/get-artifact",
    "POST /api/2.0/mlflow/experiments/search",
    "POST /api/2.0/mlflow/experiments/search-datasets",
    "POST /api/2.0/mlflow/logged-models/search",
    "POST /api/2.0/mlflow/registered-models/get-latest-versions",
    "POST /api/2.0/mlflow/runs/search",
  ],
  ingest: [
    "DELETE /api/2.0/mlflow/logged-models/{model_id}",
    "DELETE /api/2.0/mlflow/logged-models/{model_id}/tags/{tag_key}",
    "DELETE /api/2.0/mlflow/model-versions/delete-tag",
    "DELETE /api/2.0/mlflow/registered-models/delete-tag",
    "PATCH /api/2.0/mlflow/logged-models/{model_id}",
    "PATCH /api/2.0/mlflow/logged-models/{model_id}/tags",
    "PATCH /api/2.0/mlflow/model-versions/update",
    "PATCH /api/2.0/mlflow/registered-models/update",
    "POST /api/2.0/mlflow-artifacts/mpu/abort/{path...}",
    "POST /api/2.0/mlflow-artifacts/mpu/complete/{path...}",
    "POST /api/2.0/mlflow-artifacts/mpu/create/{path...}",
    "POST /api/2.0/mlflow/experiments/create",
    "POST /api/2.0/mlflow/experiments/delete",
    "POST /api/2.0/mlflow/experiments/delete-experiment-tag",
    "POST /api/2.0/mlflow/experiments/restore",
    "POST /api/2.0/mlflow/experiments/set-experiment-tag",
    "POST /api/2.0/mlflow/experiments/update",
    "POST /api/2.0/mlflow/logged-models",
    "POST /api/2.0/mlflow/logged-models/{model_id}/params",
    "POST /api/2.0/mlflow/model-versions/create",
    "POST /api/2.0/mlflow/model-versions/set-tag",
    "POST /api/2.0/mlflow/registered-models/create",
    "POST /api/2.0/mlflow/registered-models/set-tag",
    "POST /api/2.0/mlflow/runs/create",
    "POST /api/2.0/mlflow/runs/delete",
    "POST /api/2.0/mlflow/runs/delete-tag",
    "POST /api/2.0/mlflow/runs/log-batch",
    "POST /api/2.0/mlflow/runs/log-inputs",
    "POST /api/2.0/mlflow/runs/log-metric",
    "POST /api/2.0/mlflow/runs/log-model",
    "POST /api/2.0/mlflow/runs/log-parameter",
    "POST /api/2.0/mlflow/runs/outputs",
    "POST /api/2.0/mlflow/runs/restore",
    "POST /api/2.0/mlflow/runs/set-tag",
    "POST /api/2.0/mlflow/runs/update",
    "POST /api/2.0/mlflow/upload-artifact",
    "PUT /api/2.0/mlflow-artifacts/artifacts/{path...}",
  ],
  admin: [
    "DELETE /api/2.0/mlflow-artifacts/artifacts/{path...}",
    "DELETE /api/2.0/mlflow/model-versions/delete",
    "DELETE /api/2.0/mlflow/registered-models/alias",
    "DELETE /api/2.0/mlflow/registered-models/delete",
    "POST /api/2.0/mlflow/model-versions/transition-stage",
    "POST /api/2.0/mlflow/registered-models/alias",
    "POST /api/2.0/mlflow/registered-models/rename",
    "DELETE /api/2.0/mlflow/webhooks/{webhook_id}",
    "GET /api/2.0/mlflow/webhooks",
    "GET /api/2.0/mlflow/webhooks/{webhook_id}",
    "PATCH /api/2.0/mlflow/webhooks/{webhook_id}",
    "POST /api/2.0/mlflow/webhooks",
    "POST /api/2.0/mlflow/webhooks/{webhook_id}/test",
  ],
};
for (const [scope, routes] of Object.entries(MLFLOW)) {
  for (const route of routes) REQUIRED[route] = scope as RequiredScope;
}

/** What a person answers for: no service's key may, whatever its scope. */
const BY_PERSON = ["POST /api/v1/promotions/{id}/approve", "POST /api/v1/promotions/{id}/refuse"];

/** Where the role of a person is not the scope's: read wants a viewer, ingest an analyst, admin an admin. */
const ROLE_OF: Record<string, Role> = {
  // Their own keys; lib/keys/rights.ts says which are whose.
  "GET /api/v1/keys": "viewer",
  "POST /api/v1/keys": "viewer",
  "DELETE /api/v1/keys/{id}": "viewer",
  "PATCH /api/v1/models/{model}": "analyst",
  "PATCH /api/v1/models/{model}/versions/{version}": "analyst",
  "POST /api/v1/promotions/{id}/approve": "reviewer",
  "POST /api/v1/promotions/{id}/refuse": "reviewer",
  "PUT /api/v1/models/{model}/versions/{version}/card": "analyst",
  "PATCH /api/v1/models/{model}/versions/{version}/schema": "analyst",
  "POST /api/v1/models/{model}/rollback": "reviewer",
  "POST /api/2.0/mlflow/model-versions/transition-stage": "reviewer",
  "POST /api/2.0/mlflow/registered-models/alias": "reviewer",
  "DELETE /api/2.0/mlflow/registered-models/alias": "reviewer",
};
const SCOPE_ROLE: Record<RequiredScope, Role | null> = {
  public: null,
  person: "viewer",
  read: "viewer",
  ingest: "analyst",
  admin: "admin",
};

/** Who may what, and how the others are refused. */
const MAY: Record<string, { allowed: RequiredScope[]; refusal: number }> = {
  "no key": { allowed: ["public"], refusal: 401 },
  "an ingest key": { allowed: ["public", "ingest"], refusal: 403 },
  "a read key": { allowed: ["public", "read"], refusal: 403 },
  "a key with both": { allowed: ["public", "ingest", "read"], refusal: 403 },
  "an admin key": { allowed: ["public", "ingest", "read", "admin"], refusal: 403 },
  "a revoked admin key": { allowed: ["public"], refusal: 401 },
  "a made-up key": { allowed: ["public"], refusal: 401 },
  "the bootstrap key": { allowed: ["public", "ingest", "read", "admin"], refusal: 403 },
  "an own page without a session": { allowed: ["public"], refusal: 401 },
  "an own page with a revoked key": { allowed: ["public"], refusal: 401 },
};

/** Public, but only for this server's own pages, whoever asks. */
const OWN_PAGES = ["POST /api/auth/sign-out"];

const FOREIGN: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:9999" },
  { "sec-fetch-site": "cross-site" },
];

const ROW = { id: "1", timestamp: new Date().toISOString(), features: { a: 1 }, prediction: "x" };

const nameOf = ({ method, path: address }: RouteDefinition) => `${method} ${address}`;
const strongerOf = (a: Role, b: Role) => (ROLES.indexOf(a) > ROLES.indexOf(b) ? a : b);

const BOOTSTRAP = "bootstrap key of the tests";

const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter(
  (name) => path.basename(name) === "route.ts",
);

async function handlerOf({ method, path: address }: RouteDefinition): Promise<RouteHandler> {
  const wanted = [
    `${address.replace(/\{([^}]+)\}/g, "[$1]").slice(1)}/route.ts`,
    `${address.split("/").slice(1, 3).join("/")}/[...path]/route.ts`,
  ];
  const here = (at: string) => files.find((name) => name.split(path.sep).join("/") === at);
  const file = here(wanted[0]!) ?? here(wanted[1]!)!;
  return (await import(/* @vite-ignore */ path.resolve("app", file)))[method];
}

onEachStore("scopes", (fresh) => {
  const headers: Record<string, Record<string, string>> = {};
  const people = {} as Record<Role, string>;
  let runtime: Runtime;
  let db: Database;
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-scopes-"));

  beforeAll(async () => {
    const store = await fresh();
    const settings = { TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP.replaceAll(" ", "-"), TIDEMARK_DATA_DIR: folder };
    runtime = createRuntime(readSettings(settings), store);
    db = store.db;
    installRuntime(runtime);
    await recordPredictions(
      gateOf(runtime),
      { model: "held", version: "1", predictions: [ROW] },
      { nowMs: Date.now() },
    );
    await makeDemoPeople(runtime);
    for (const { id, role } of (await listPeople(runtime)).people) people[role] = id;
    for (const role of ROLES) {
      const other = ROLES[(ROLES.indexOf(role) + 2) % ROLES.length]!;
      await changePerson(runtime, people[role], { model_roles: [{ model: "held", role: other }] }, "cli");
    }
    const bearer = async (...scopes: Scope[]) => {
      const { secret, key } = await createKey(store.db, { name: scopes.join(), scopes }, "cli");
      return { id: key.id, header: { authorization: `Bearer ${secret}` } };
    };
    const revoked = await bearer("admin");
    await revokeKey(store.db, revoked.id, "cli");
    Object.assign(headers, {
      "no key": {},
      "an ingest key": (await bearer("ingest")).header,
      "a read key": (await bearer("read")).header,
      "a key with both": (await bearer("ingest", "read")).header,
      "an admin key": (await bearer("admin")).header,
      "a revoked admin key": revoked.header,
      "a made-up key": { authorization: "Bearer tm_a_00000000000000000000000000000000000000" },
      "the bootstrap key": { authorization: `Bearer ${BOOTSTRAP.replaceAll(" ", "-")}` },
      "an own page without a session": { "sec-fetch-site": "same-origin" },
      "an own page with a revoked key": { "sec-fetch-site": "same-origin", ...revoked.header },
    });
  });

  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What a browser sends for a new session of the person of a role. */
  async function sessionOf(role: Role): Promise<Record<string, string>> {
    const { headers: made } = await authOf(runtime).api.startSession({
      body: { personId: people[role] },
      headers: new Headers({ host: "127.0.0.1:3000" }),
      returnHeaders: true,
    });
    const cookie = made
      .getSetCookie()
      .map((each) => each.split(";", 1)[0])
      .join("; ");
    return { cookie, "sec-fetch-site": "same-origin" };
  }

  test("every route has a row in this test", () => {
    const listed = routeTable().map((route) => `${route.method} ${route.path}`);
    expect(Object.keys(REQUIRED).sort()).toEqual(listed.sort());
  });

  async function send(route: RouteDefinition, sent: Record<string, string>, model = "nothing") {
    const handler = await handlerOf(route);
    // Without a body, and at names that nothing has: what is allowed changes nothing.
    const address = route.path.replace("{model}", model).replace(/\{[^}]+\}/g, "nothing");
    const reply = await handler(
      new Request(`http://127.0.0.1:3000${address}`, {
        method: route.method,
        headers: { host: "127.0.0.1:3000", ...sent },
      }),
    );
    await reply.body?.cancel();
    // 501 is how MLflow's clients are told that there is no multipart upload.
    if (reply.status !== 501) expect(reply.status, nameOf(route)).toBeLessThan(500);
    return reply.status;
  }

  for (const [who, { allowed, refusal }] of Object.entries(MAY)) {
    test(`${who} may ${allowed.join(", ")}`, async () => {
      for (const route of routeTable()) {
        const name = nameOf(route);
        const status = await send(route, headers[who]!);
        const required = REQUIRED[name]!;
        if (OWN_PAGES.includes(name) && headers[who]!["sec-fetch-site"] === undefined) {
          expect(status, `${who}: ${name}`).toBe(403);
        } else if (BY_PERSON.includes(name)) {
          // A key is told which scope it lacks, or that a scope is not enough.
          expect(status, `${who}: ${name}`).toBe(refusal);
        } else if (allowed.includes(required)) {
          expect([401, 403], `${who}: ${name}`).not.toContain(status);
        } else {
          expect(status, `${who}: ${name}`).toBe(refusal);
        }
      }
    });
  }

  /** Whether a person may, by the tables above and nothing else. */
  function mayPerson(name: string, role: Role): boolean {
    const least = ROLE_OF[name] ?? SCOPE_ROLE[REQUIRED[name]!];
    return least === null || ROLES.indexOf(role) >= ROLES.indexOf(least);
  }

  const ofModel = (route: RouteDefinition) => route.path.includes("{model}");

  for (const role of ROLES) {
    const other = ROLES[(ROLES.indexOf(role) + 2) % ROLES.length]!;

    test(`a ${role} at a page may what the role says, and for one model what ${other} says`, async () => {
      for (const route of routeTable()) {
        const name = nameOf(route);
        for (const [model, held] of [["nothing", role] as const, ["held", other] as const]) {
          if (model === "held" && !ofModel(route)) continue;
          // What finds its model in the body lets in whoever may it for any model, and asks again.
          const counts = route.model === "body" ? strongerOf(role, other) : held;
          const status = await send(route, await sessionOf(role), model);
          // Between the two the body decides: see the last test.
          if (route.model === "body" && mayPerson(name, counts) && !mayPerson(name, role)) continue;
          if (mayPerson(name, counts)) expect([401, 403], `${role}: ${name}, ${model}`).not.toContain(status);
          else expect(status, `${role}: ${name}, ${model}`).toBe(403);
        }
      }
    });

    test.each<Scope[]>([["read"], ["ingest"], ["ingest", "read", "admin"]])(
      `a key of a ${role} with %s %s %s may what both say`,
      async (...given) => {
        const scopes = given.filter(Boolean);
        const { secret } = await createKey(db, { name: "own", scopes }, "cli", people[role]);
        const sent = { authorization: `Bearer ${secret}` };
        for (const route of routeTable()) {
          const name = nameOf(route);
          const required = REQUIRED[name]!;
          for (const [model, held] of [["nothing", role] as const, ["held", other] as const]) {
            if (model === "held" && !ofModel(route)) continue;
            const counts = route.model === "body" ? strongerOf(role, other) : held;
            const inScope =
              required === "public" ||
              (required !== "person" && (scopes.includes(required) || scopes.includes("admin")));
            const status = await send(route, sent, model);
            if (route.model === "body" && mayPerson(name, counts) && !mayPerson(name, role)) continue;
            const may = inScope && mayPerson(name, counts) && !OWN_PAGES.includes(name);
            if (may) expect([401, 403], `${role}: ${name}, ${model}`).not.toContain(status);
            else expect(status, `${role}: ${name}, ${model}`).toBe(403);
          }
        }
      },
    );

    test(`what another site's page sends with the cookie of a ${role} is nobody's`, async () => {
      const { cookie } = await sessionOf(role);
      for (const foreign of FOREIGN) {
        for (const route of routeTable()) {
          const status = await send(route, { cookie: cookie!, ...foreign });
          const name = nameOf(route);
          if (REQUIRED[name] !== "public") expect(status, `${role}: ${name}`).toBe(401);
          else if (OWN_PAGES.includes(name)) expect(status, `${role}: ${name}`).toBe(403);
        }
      }
    });
  }

  test("a role for one model counts in MLflow's messages, which name it in the body", async () => {
    const move = async (role: Role, name: string) => {
      const [route] = routeTable().filter((each) => each.path.endsWith("/model-versions/transition-stage"));
      const handler = await handlerOf(route!);
      const reply = await handler(
        new Request(`http://127.0.0.1:3000${route!.path}`, {
          method: "POST",
          headers: { host: "127.0.0.1:3000", "content-type": "application/json", ...(await sessionOf(role)) },
          body: JSON.stringify({ name, version: "9", stage: "Production" }),
        }),
      );
      return reply.status;
    };
    // For the model "held" the viewer is a reviewer, and the reviewer a viewer.
    expect([await move("viewer", "held"), await move("viewer", "nothing")]).toEqual([404, 403]);
    expect([await move("reviewer", "held"), await move("reviewer", "nothing")]).toEqual([403, 404]);
  });
});
