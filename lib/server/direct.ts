import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { forLog } from "@/lib/http/for-log";
import type { RouteHandler } from "@/lib/http/handle";
import { log } from "@/lib/log";

/** Handlers by method and path: `POST /api/v1/predictions`. */
export type DirectRoutes = ReadonlyMap<string, RouteHandler>;

/**
 * The handler of a request that is answered without Next, whose way to a route costs about a millisecond: logging
 * clients send the most requests, and the smallest, and what they read of runs is long. The same handlers stand under app/api, for development and as the
 * place where each address is found; whatever is not exactly theirs goes there.
 */
export function findDirect(routes: DirectRoutes, request: IncomingMessage): RouteHandler | undefined {
  const url = request.url!;
  const query = url.indexOf("?");
  return routes.get(`${request.method} ${query < 0 ? url : url.slice(0, query)}`);
}

/** Answers with a route's handler. */
export async function answerDirectly(
  handler: RouteHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const reply = await handler(toRequest(request, gone.signal));
    const body = Buffer.from(await reply.arrayBuffer());
    if (response.destroyed) return;
    for (const [name, value] of reply.headers) response.setHeader(name, value);
    response.setHeader("content-length", body.length);
    response.writeHead(reply.status);
    response.end(body);
  } catch (error) {
    // The handler itself answers what goes wrong; this is about the request or the connection.
    log.error({ error: forLog(error) }, "a request could not be answered");
    response.destroy();
  }
}

function toRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.append(request.rawHeaders[i]!, request.rawHeaders[i + 1]!);
  }
  const { method } = request;
  const body = method === "GET" ? null : (Readable.toWeb(request) as ReadableStream<Uint8Array> as BodyInit);
  return new Request(`http://${request.headers.host}${request.url}`, {
    method: method!,
    headers,
    body,
    duplex: "half",
    signal,
  } as RequestInit);
}
