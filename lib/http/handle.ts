import type { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { observeRequest } from "@/lib/operations/http-metrics";
import { getRuntime, type Runtime } from "@/lib/server/runtime";
import { pathParams, queryValues, refuseUnknown } from "./address";
import { inFull } from "./full-address";
import { checkHost } from "./hosts";
import { Incoming } from "./incoming";
import { parse, refuseBadText } from "./parse";
import { admit, type Principal } from "./principal";
import { refuse, toRefusal } from "./refusal";
import { isSchema, type MediaTypes, type RouteDefinition, registerRoute } from "./table";

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;
type Body<Spec> = Spec extends z.ZodType ? z.output<Spec> : Spec extends MediaTypes ? Incoming : undefined;
type Reply<Spec> = Spec extends z.ZodType ? z.input<Spec> | Response : Response;

export type Context<Definition extends RouteDefinition> = {
  runtime: Runtime;
  params: Output<Definition["params"]>;
  query: Output<Definition["query"]>;
  /** Parsed where the route gives a schema; an Incoming, not read yet, where it gives media types. */
  body: Body<Definition["body"]>;
  principal: Principal;
  request: Request;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
};

export type RouteHandler = (request: Request, context?: unknown) => Promise<Response>;

/**
 * Makes a Next route handler of a definition and a verb call: host, key and scope, path, query and body are checked
 * before the verb runs; what it returns is sent as JSON (a Response is sent as it is); what it throws becomes the one
 * error shape with its status.
 */
export function handle<const Definition extends RouteDefinition>(
  definition: Definition,
  answer: (context: Context<Definition>) => Promise<Reply<Definition["reply"]>>,
): RouteHandler {
  registerRoute(definition);
  const where = `${definition.method} ${definition.path}`;

  return async function respond(request) {
    const start = performance.now();
    let response: Response;
    try {
      response = await run(definition, answer, request);
    } catch (error) {
      response = request.signal.aborted
        ? new Response(null, { status: 499 })
        : refuse(await inFull(toRefusal(error, where), request.headers));
    }
    observeRequest({
      method: definition.method,
      route: definition.path,
      status: response.status,
      seconds: (performance.now() - start) / 1000,
    });
    return response;
  };
}

async function run<Definition extends RouteDefinition>(
  definition: Definition,
  answer: (context: Context<Definition>) => Promise<Reply<Definition["reply"]>>,
  request: Request,
): Promise<Response> {
  const runtime = await getRuntime();
  checkHost(request.headers.get("host"), runtime.settings);
  const url = new URL(request.url);
  const principal = await admit(request, runtime, definition, { model: modelOf(definition, url) });
  const reply = await answer({
    runtime,
    params: readParams(definition, url),
    query: readQuery(definition, url),
    body: await readBody(definition.body, request, runtime),
    principal,
    request,
    signal: request.signal,
  } as Context<Definition>);
  if (reply instanceof Response) return reply;
  if (process.env.NODE_ENV !== "production" && isSchema(definition.reply))
    checkReply(definition.reply, reply);
  return Response.json(reply, {
    status: definition.status ?? 200,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}

/** The model in the address; one that cannot be read is refused when the parameters are. */
function modelOf({ path }: RouteDefinition, url: URL): string | undefined {
  if (!path.includes("{model}")) return undefined;
  try {
    return pathParams(path, url.pathname).model;
  } catch {
    return undefined;
  }
}

function readParams(definition: RouteDefinition, url: URL): unknown {
  if (!definition.params) return {};
  const params = pathParams(definition.path, url.pathname);
  refuseBadText(params, "path");
  return parse(definition.params, params, "path");
}

function readQuery(definition: RouteDefinition, url: URL): unknown {
  if (!definition.query) return {};
  const values = queryValues(url.searchParams);
  refuseUnknown(values, Object.keys(definition.query.shape));
  refuseBadText(values, "query");
  return parse(definition.query, values, "query");
}

async function readBody(spec: RouteDefinition["body"], request: Request, runtime: Runtime): Promise<unknown> {
  if (!spec) return undefined;
  const incoming = new Incoming(request, runtime.settings.maxBodyBytes);
  const accepted = isSchema(spec) ? ["application/json"] : Object.keys(spec);
  if (!accepted.includes(incoming.mediaType)) {
    throw new TidemarkError(
      "unsupported_media_type",
      `Content-Type ${incoming.mediaType ? `"${incoming.mediaType.slice(0, 100)}"` : "is missing and"} is not accepted here: send ${accepted.join(" or ")}`,
    );
  }
  if (!isSchema(spec)) return incoming;
  const body = await incoming.json();
  refuseBadText(body, "body");
  return parse(spec, body, "body");
}

function checkReply(schema: z.ZodType, reply: unknown): void {
  const checked = schema.safeParse(JSON.parse(JSON.stringify(reply)));
  if (checked.success) return;
  const issue = checked.error.issues[0]!;
  throw new Error(`the reply is not what its schema says: ${issue.path.join(".")}: ${issue.message}`);
}
