import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { LabelRow, PredictionRow } from "./wire";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  /** The rows of a predictions or ground-truth body. */
  rows: (PredictionRow | LabelRow)[];
  at: number;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  /** Take the request, then cut the connection: the client cannot know that it arrived. */
  cut?: boolean;
}

/** A server for the client's tests: real HTTP, and each answer is the test's. */
export async function fakeServer(answer: (received: Received, nth: number) => Answer = () => ({})) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
    const body = request.headers["content-type"] === "application/json" ? JSON.parse(text) : {};
    const one: Received = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      text,
      rows: body.predictions ?? body.labels ?? [],
      at: Date.now(),
    };
    received.push(one);
    const { status = 200, headers = {}, delayMs = 0, cut = false, ...given } = answer(one, received.length);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (cut) {
      request.socket.destroy();
      return;
    }
    const reply = given.body ?? { accepted: one.rows.length, duplicates: 0, rejected: [] };
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
