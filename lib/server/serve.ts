import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import next from "next";
import { isLoopback } from "@/lib/http/hosts";
import { firstLink } from "@/lib/people/link";
import type { Settings } from "@/lib/settings";
import { answerDirectly, type DirectRoutes, findDirect } from "./direct";
import { admitRequest, refuseConnection } from "./front";
import { closeRuntime, holder } from "./holder";
import type { Runtime } from "./runtime";

/** A request with headers this long is an attack or an accident. */
const MAX_HEADER_BYTES = 16 * 1024;
/** A connection on which nothing moves for so long is cut; a stream that moves may take as long as it likes. */
const IDLE_MS = 120_000;
/** Longer than common load balancers keep idle connections, so that none reuses one just closed. */
const KEEP_ALIVE_MS = 65_000;
/** How long the rest of a body that was refused early is read away, so that its sender gets to see the refusal. */
const LINGER_MS = 5_000;
/** How long a stopping server waits for requests that are under way. */
const DRAIN_MS = 10_000;

/**
 * Serves the application in this very process until it is told to stop.
 * @param direct routes that are answered without Next
 */
export async function serve(
  settings: Settings,
  { dev, direct }: { dev: boolean; direct: DirectRoutes },
): Promise<void> {
  const server = http.createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
  });
  server.setTimeout(IDLE_MS);
  server.on("clientError", refuseConnection);
  // The address is taken before the store is opened: a second start must not touch what the first one holds.
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const app = next({
    dev,
    hostname: settings.host,
    port,
    httpServer: server,
    ...(dev ? { turbopack: true } : {}),
  });
  const ready = app.prepare();
  const answer = app.getRequestHandler();
  server.on("request", async (request, response) => {
    response.once("finish", () => readAway(request));
    if (!admitRequest(request, response, settings, { dev })) return;
    await ready;
    const handler = findDirect(direct, request);
    if (handler) await answerDirectly(handler, request, response);
    else await answer(request, response);
  });
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (_, socket) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
  });
  stopOnSignal(server, upgraded);
  await ready;
  await wake(settings, port);
  await announce(settings, port);
}

function readAway(request: http.IncomingMessage): void {
  if (request.complete) return;
  for (const event of ["readable", "data"]) request.removeAllListeners(event);
  request.resume();
  setTimeout(() => request.complete || request.socket.destroy(), LINGER_MS).unref();
}

/** Next runs instrumentation.ts, which opens the store, with the first request: this is it. */
async function wake(settings: Settings, port: number): Promise<void> {
  const everywhere = { "0.0.0.0": "127.0.0.1", "::": "::1" }[settings.host];
  await new Promise<void>((resolve, reject) => {
    http
      .get(
        { host: everywhere ?? settings.host, port, path: "/health", headers: { host: "localhost" } },
        (response) => {
          response.resume().once("end", resolve);
        },
      )
      .once("error", reject);
  });
}

function listen(server: http.Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(listenProblem(error, settings))));
    server.listen(settings.port, settings.host, resolve);
  });
}

function listenProblem(error: NodeJS.ErrnoException, { host, port }: Settings): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `PORT=${port} on ${host} is in use: stop what listens there, or set PORT to another number (PORT=0 picks a free one)`;
    case "EACCES":
      return `PORT=${port} may not be opened by this user: set PORT to a number above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST=${host} is no address of this machine: set HOST to one, to 127.0.0.1, or to 0.0.0.0 for all`;
    default:
      return `cannot listen on HOST=${host} PORT=${port}: ${error.message}`;
  }
}

async function announce(settings: Settings, port: number): Promise<void> {
  const runtime = await holder.opening;
  const store = runtime?.store;
  if (!runtime || !store) throw new Error("the store was not opened: run npm run build again");
  const everywhere = settings.host === "0.0.0.0" || settings.host === "::";
  const name = everywhere ? "localhost" : settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  const where =
    store.kind === "embedded"
      ? `embedded store in ${store.description}`
      : `PostgreSQL at ${store.description}`;
  process.stdout.write(`Tidemark is ready on http://${name}:${port} (${where})\n`);
  if (!isLoopback(settings.host) && settings.pages && !settings.url?.startsWith("https://")) {
    process.stderr.write(
      `Warning: HOST=${settings.host} lets other machines in over plain http, where passwords and keys can be read on the way: put a proxy with TLS before it and set TIDEMARK_URL to its https:// address.\n`,
    );
  }
  await inviteFirst(runtime, settings.url ?? `http://${name}:${port}`);
}

/** Whoever reads this console may become the first administrator, once. */
async function inviteFirst(runtime: Runtime, origin: string): Promise<void> {
  if (!runtime.settings.pages || runtime.settings.demo) return;
  const path = await firstLink(runtime);
  if (path === null) return;
  process.stdout.write(
    `Nobody has an account yet. Open this link within a day to become the administrator; it works once:\n\n  ${origin}${path}\n\n`,
  );
}

function stopOnSignal(server: http.Server, upgraded: ReadonlySet<Duplex>): void {
  let stopping = false;
  const stop = async () => {
    // Asked twice, it stops at once.
    if (stopping) process.exit(1);
    stopping = true;
    await drain(server, upgraded);
    await closeRuntime();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Takes no more requests and waits for those under way. */
async function drain(server: http.Server, upgraded: ReadonlySet<Duplex>): Promise<void> {
  // Development's hot reload holds sockets open for as long as a page is.
  for (const socket of upgraded) socket.destroy();
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MS));
  await Promise.race([ended, deadline]);
  clearInterval(sweep);
  server.closeAllConnections();
}
