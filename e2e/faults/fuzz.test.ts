import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import "@/app/api/openapi.json/route";
import { z } from "zod";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { isSchema, type RouteDefinition, routeTable } from "@/lib/http/table";
import { ErrorReply } from "@/lib/wire";
import { auditStore } from "./audit";
import { type Cluster, makeCluster } from "./cluster";
import { type Answer, exchange, findSecret, type Sending } from "./exchange";
import { type Body, bodyOf, escapeText, queryOf, segmentOf } from "./fuzz-arbitraries";
import { makeRow } from "./load";
import { end, type Server, startServer } from "./process";

const LONG = process.env.TIDEMARK_FAULTS === "long";
const CASES = LONG ? 12_000 : 2_000;
const ABREAST = 6;
/** Another seed, other cases: the long version draws a new one each time and names it where something fails. */
const SEED = Number(process.env.TIDEMARK_FUZZ_SEED ?? (LONG ? Date.now() % 1e9 : 20_261_123));
const KEY = "faults-bootstrap-key-0123456789";
const AUTH = { authorization: `Bearer ${KEY}` };

/** route: null where the method is not one of the path's, or nothing is there. */
type Case = { route: RouteDefinition | null; sending: Sending; body: Body | null };

/** Requests to one route: its path, query and body each near to what it wants. */
function casesOf(route: RouteDefinition): fc.Arbitrary<Case> {
  const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);
  return fc
    .record({
      segments: fc.tuple(...names.map(segmentOf)),
      query: queryOf(Object.keys(route.query?.shape ?? {})),
      body: route.body ? bodyOf(`${route.method} ${route.path}`) : fc.constant(null),
    })
    .map(({ segments, query, body }) => {
      let place = 0;
      const path = route.path.replace(/\{[^}]+\}/g, () => segments[place++]!);
      const search = query.map((pair) => pair.map(escapeText).join("=")).join("&");
      return {
        route,
        body,
        sending: {
          method: route.method,
          path: search ? `${path}?${search}` : path,
          headers: { ...AUTH, ...(body ? { "content-type": body.type } : {}) },
          body: body?.content,
        },
      };
    });
}

/** Requests that no route waits for. */
const STRAYS: fc.Arbitrary<Case> = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
    path: fc.oneof(
      fc.constantFrom("models/m", "predictions", "keys", "models/m/versions/1/drift", "ground-truth"),
      fc.array(segmentOf("model"), { maxLength: 5 }).map((segments) => segments.join("/")),
    ),
  })
  .map(({ method, path }) => ({
    route: null,
    body: null,
    sending: { method, path: `/api/v1/${path}`, headers: AUTH },
  }));

const MLFLOW_ERROR = z.object({ error_code: z.string(), message: z.string() });

/** What is wrong with an answer, or null. */
function judge({ route, body, sending }: Case, { status, headers, text }: Answer): string | null {
  const secret = findSecret(text);
  if (secret) return `the reply gives away ${JSON.stringify(secret)}`;
  const mlflow = route?.protocol === "mlflow";
  // MLflow's clients take 501 for "not here" and go another way.
  if (status >= 500 && !(mlflow && status === 501)) return `${status} ${text}`;
  const type = String(headers["content-type"] ?? "");
  if (status >= 400) {
    if (!type.startsWith("application/json")) return `${status} without the error shape: ${type}`;
    const refusal = (mlflow ? MLFLOW_ERROR : ErrorReply).safeParse(JSON.parse(text));
    return refusal.success ? null : `${status} is not of the error shape: ${text}`;
  }
  // Next takes the slash from the end of an address.
  if (status === 308 && /\/(\?|$)/.test(sending.path)) return null;
  if (!route) return null;
  // A provider's answer is a browser's visit: whatever it says, the browser is sent on to one of our pages.
  if (route.path === "/api/auth/callback/oidc" && status === 302) {
    const to = String(headers.location);
    return /^(\/(?!\/)|http:\/\/127\.0\.0\.1:)/.test(to) ? null : `it sends the browser to ${to}`;
  }
  if (status !== (route.status ?? 200)) return `${status} is not a status of this route`;
  const spec = isSchema(route.reply) ? route.reply : route.reply["application/json"];
  if (!spec || !type.startsWith("application/json")) return null;
  const reply = JSON.parse(text);
  const parsed = spec.safeParse(reply);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return `the reply is not what its schema says: ${issue.path.join(".")}: ${issue.message}`;
  }
  if (typeof body?.rows !== "number" || !Array.isArray(reply.rejected)) return null;
  const told = reply.accepted + (reply.duplicates ?? 0) + (reply.rejected_total ?? reply.rejected.length);
  return told === body.rows ? null : `${body.rows} rows were sent and ${told} accounted for`;
}

/** What the server's log says of a failure that its reply only gives the id of. */
function logOf(output: string, wrong: string): string {
  const id = /under ([0-9a-f]{8})/.exec(wrong)?.[1];
  const line = id && output.split("\n").find((each) => each.includes(`"id":"${id}"`));
  return line ? `\n    log: ${line.slice(0, 1500)}` : "";
}

function describeCase({ sending, body }: Case): string {
  const content = body ? ` ${body.type} ${JSON.stringify(body.content.toString("utf8")).slice(0, 700)}` : "";
  return `${sending.method} ${sending.path.slice(0, 400)}${content}`;
}

describe.skipIf(!findPostgresBinaries())("whatever is sent", () => {
  let cluster: Cluster;
  let server: Server;

  beforeAll(async () => {
    cluster = await makeCluster({ fsync: "off" });
    server = await startServer({
      DATABASE_URL: cluster.url,
      TIDEMARK_BOOTSTRAP_KEY: KEY,
      TIDEMARK_LOG_LEVEL: "error",
    });
    await seed(server.url);
  }, 120_000);

  afterAll(async () => {
    if (server) await end(server.child, "SIGTERM");
    await cluster?.remove();
  });

  it(`is answered in the one way that fits (${CASES} requests)`, { timeout: 1_200_000 }, async () => {
    const routes = routeTable();
    expect(routes.length).toBeGreaterThan(15);
    // Routes that take bodies have more to get wrong.
    const cases = fc.sample(
      fc.oneof(
        ...routes.map((route) => ({
          weight: route.body ? 6 : 1 + 2 * Object.keys(route.query?.shape ?? {}).length,
          arbitrary: casesOf(route),
        })),
        { weight: 4, arbitrary: STRAYS },
      ),
      { numRuns: CASES, seed: SEED },
    );
    const failures = new Map<string, { wrong: string; what: string }>();
    const statuses = new Map<number, number>();
    let next = 0;
    let slowest = { ms: 0, what: "" };
    const walk = async () => {
      for (let each = cases[next++]; each; each = cases[next++]) {
        const answer = await exchange(server.url, each.sending);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.ms > slowest.ms) slowest = { ms: answer.ms, what: describeCase(each) };
        const wrong = judge(each, answer);
        if (!wrong) continue;
        // One example of each kind is enough to find it.
        const kind = `${each.route ? `${each.route.method} ${each.route.path}` : "no route"}: ${wrong.replace(/under [0-9a-f]{8}|\d+/g, "").slice(0, 100)}`;
        if (!failures.has(kind)) failures.set(kind, { wrong, what: describeCase(each) });
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, walk));
    console.log(
      `${cases.length} requests, seed ${SEED}, by status ${JSON.stringify(Object.fromEntries(statuses))}; slowest ${Math.round(slowest.ms)} ms: ${slowest.what.slice(0, 200)}`,
    );
    const told = [...failures.values()].map(
      ({ wrong, what }) => `${wrong.slice(0, 300)}${logOf(server.output(), wrong)}\n    ${what}`,
    );
    expect(told.join("\n"), `seed ${SEED}`).toBe("");
    expect(server.child.exitCode, server.output().slice(-2000)).toBeNull();
    expect(statuses.get(200) ?? 0, "enough requests are good ones").toBeGreaterThan(CASES / 20);
  });

  it("leaves summaries that equal the raw rows", async () => {
    for (const model of ["m", "r"]) {
      const held = await auditStore({ databaseUrl: cluster.url, dataDir: "" }, model);
      expect(held.rows).toBeGreaterThan(300);
      // Rows older than a column that a later row brought do not count for it; what ids repeat is up to chance.
      expect({ ...held, ids: null, brokenColumns: null }).toMatchObject({
        trafficHours: held.rows,
        trafficDays: held.rows,
        brokenHistograms: 0,
        performanceHours: held.labelled,
        performanceDays: held.labelled,
      });
    }
  });
});

/** A classifier and a regression with labels, so that good requests have something to tell of. */
async function seed(url: string): Promise<void> {
  const rows = Array.from({ length: 400 }, (_, i) => ({
    ...makeRow(i * 400),
    id: `r-${i}`,
    segment: { plan: i % 3 ? "gold" : "basic" },
  }));
  const post = async (path: string, content: unknown) => {
    const answer = await exchange(url, {
      method: "POST",
      path,
      headers: { ...AUTH, "content-type": "application/json" },
      body: JSON.stringify(content),
    });
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  };
  await post("/api/v1/predictions", { model: "m", version: "1", predictions: rows });
  await post("/api/v1/predictions", {
    model: "r",
    version: "1",
    predictions: rows.map(({ score, ...row }) => ({ ...row, prediction: score * 100 })),
  });
  await post("/api/v1/predictions", { model: "empty", version: "1", predictions: [] });
  await post("/api/v1/ground-truth", {
    model: "m",
    labels: rows.slice(0, 300).map(({ id }, i) => ({ id, label: i % 3 ? "yes" : "no" })),
  });
  await post("/api/v1/ground-truth", {
    model: "r",
    labels: rows.slice(0, 300).map(({ id }, i) => ({ id, label: i })),
  });
}
