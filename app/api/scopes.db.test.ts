import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import "./openapi.json/route";
import { onEachStore } from "@/lib/db/testing";
import type { RouteHandler } from "@/lib/http/handle";
import type { RequiredScope } from "@/lib/http/principal";
import { type RouteDefinition, routeTable } from "@/lib/http/table";
import { createKey } from "@/lib/keys/create";
import { revokeKey } from "@/lib/keys/revoke";
import type { Scope } from "@/lib/keys/schema";
import { createRuntime, installRuntime } from "@/lib/server/runtime";
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
const MLFLOW: Record<RequiredScope, string[]> = {
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
  "an own page": { allowed: ["public", "ingest", "read", "admin"], refusal: 401 },
  "a page of another site": { allowed: ["public"], refusal: 401 },
  "a page of another port": { allowed: ["public"], refusal: 401 },
  "an own page with a revoked key": { allowed: ["public"], refusal: 401 },
};

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
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-scopes-"));

  beforeAll(async () => {
    const store = await fresh();
    const settings = { TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP.replaceAll(" ", "-"), TIDEMARK_DATA_DIR: folder };
    installRuntime(createRuntime(readSettings(settings), store));
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
      "an own page": { "sec-fetch-site": "same-origin" },
      "a page of another site": { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      "a page of another port": { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:9999" },
      "an own page with a revoked key": { "sec-fetch-site": "same-origin", ...revoked.header },
    });
  });

  afterAll(() => {
    installRuntime(null);
    rmSync(folder, { recursive: true, force: true });
  });

  test("every route has a row in this test", () => {
    const listed = routeTable().map((route) => `${route.method} ${route.path}`);
    expect(Object.keys(REQUIRED).sort()).toEqual(listed.sort());
  });

  for (const [who, { allowed, refusal }] of Object.entries(MAY)) {
    test(`${who} may ${allowed.join(", ")}`, async () => {
      for (const route of routeTable()) {
        const name = `${route.method} ${route.path}`;
        const handler = await handlerOf(route);
        // Without a body, and at names that nothing has: what is allowed changes nothing.
        const address = route.path.replace(/\{[^}]+\}/g, "nothing");
        const reply = await handler(
          new Request(`http://127.0.0.1:3000${address}`, {
            method: route.method,
            headers: { host: "127.0.0.1:3000", ...headers[who] },
          }),
        );
        const required = REQUIRED[name]!;
        if (allowed.includes(required)) expect([401, 403], `${who}: ${name}`).not.toContain(reply.status);
        else expect(reply.status, `${who}: ${name}`).toBe(refusal);
        // 501 is how MLflow's clients are told that there is no multipart upload.
        if (reply.status !== 501) expect(reply.status, `${who}: ${name}`).toBeLessThan(500);
        await reply.body?.cancel();
      }
    });
  }
});
