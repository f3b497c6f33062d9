import { inFull } from "@/lib/http/full-address";
import type { RouteHandler } from "@/lib/http/handle";
import { checkHost } from "@/lib/http/hosts";
import { admit, authorizeModel, type Required } from "@/lib/http/principal";
import { toRefusal } from "@/lib/http/refusal";
import { type Method, registerRoute } from "@/lib/http/table";
import { observeRequest } from "@/lib/operations/http-metrics";
import { getRuntime } from "@/lib/server/runtime";
import type { Call, Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { findEndpoint } from "./find-endpoint";
import { parseMessage, readMessage } from "./message";
import { endpointNotFound, refuseMlflow } from "./refusal";

/** These say in their message which model they are about, by its name. */
const namesModel = ({ path }: Endpoint) => /^\/mlflow\/(registered-models|model-versions)\//.test(path);

const asks = (endpoint: Endpoint): Required => ({
  scope: endpoint.scope,
  role: endpoint.role,
  ...(namesModel(endpoint) ? { model: "body" } : {}),
});

function register(endpoint: Endpoint): void {
  const { method, path, prefix, summary } = endpoint;
  registerRoute({
    method,
    path: `${prefix}${path}`,
    scope: endpoint.scope,
    ...(endpoint.role ? { role: endpoint.role } : {}),
    ...(namesModel(endpoint) ? { model: "body" as const } : {}),
    summary,
    reply: { "application/json": null },
    protocol: "mlflow",
  });
}

for (const endpoint of ENDPOINTS) register(endpoint);

/** Answers one method of every endpoint below a prefix; what is not served is refused in MLflow's shape. */
export function serveMlflow(method: Method, prefix: string): RouteHandler {
  return async function respond(request) {
    const url = new URL(request.url);
    const found = findEndpoint(ENDPOINTS, method, url.pathname.slice(prefix.length));
    if (!found) return endpointNotFound(method, url.pathname);
    return serveEndpoint(found.endpoint, found.params, request, url);
  };
}

/** Answers one endpoint at an address of its own. */
export function serveAt(endpoint: Endpoint): RouteHandler {
  register(endpoint);
  return (request) => serveEndpoint(endpoint, {}, request, new URL(request.url));
}

async function serveEndpoint(
  endpoint: Endpoint,
  params: Record<string, string>,
  request: Request,
  url: URL,
): Promise<Response> {
  const start = performance.now();
  const route = `${endpoint.prefix}${endpoint.path}`;
  let response: Response;
  try {
    response = await answer(endpoint, params, request, url);
  } catch (error) {
    response = request.signal.aborted
      ? new Response(null, { status: 499 })
      : refuseMlflow(await inFull(toRefusal(error, `${endpoint.method} ${route}`), request.headers));
  }
  observeRequest({
    method: endpoint.method,
    route,
    status: response.status,
    seconds: (performance.now() - start) / 1000,
  });
  return response;
}

async function answer(
  endpoint: Endpoint,
  params: Record<string, string>,
  request: Request,
  url: URL,
): Promise<Response> {
  const runtime = await getRuntime();
  checkHost(request.headers.get("host"), runtime.settings);
  const principal = await admit(request, runtime, asks(endpoint), { basic: true });
  const { schema } = endpoint;
  const message = schema
    ? parseMessage(schema, await readMessage(request, url, params, runtime.settings.maxBodyBytes))
    : null;
  if (namesModel(endpoint)) {
    const { name } = (message ?? {}) as { name?: unknown };
    authorizeModel(principal, asks(endpoint), typeof name === "string" ? name : "");
  }
  const call = { runtime, principal, message, params, request, url, nowMs: Date.now() };
  const reply = await endpoint.answer(call as Call<never>);
  if (reply instanceof Response) return reply;
  return Response.json(reply, {
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}
