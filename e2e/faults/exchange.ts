import http from "node:http";
import net from "node:net";
import { expect } from "vitest";
import { ErrorReply } from "@/lib/wire";

export type Answer = {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** From the first byte sent to the last one received. */
  ms: number;
};

export type Sending = {
  method?: string;
  /** Sent as it stands: fetch would tidy `..` and odd escapes away. */
  path: string;
  headers?: Record<string, string>;
  /** Pieces are sent chunked, until they end or an answer is there. */
  body?: string | Buffer | AsyncIterable<Buffer> | undefined;
  timeoutMs?: number;
};

const AGENT = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One request and its whole answer, also where the answer comes before the body is through. */
export function exchange(url: string, sending: Sending): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { method = "GET", path, headers = {}, body, timeoutMs = 60_000 } = sending;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = http.request({ hostname, port, method, path, headers, agent: AGENT });
    const timer = setTimeout(() => {
      request.destroy();
      reject(new Error(`${method} ${path.slice(0, 200)}: no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    request.on("response", (response) => {
      answered = true;
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(parts).toString("utf8"),
          ms: performance.now() - began,
        });
        if (!request.writableFinished) request.destroy();
      });
    });
    request.on("error", (error) => {
      // After an early answer the rest of the body has nowhere to go.
      if (answered) return;
      clearTimeout(timer);
      reject(error);
    });
    if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) request.end(body);
    else void pour(request, body);
  });
}

async function pour(request: http.ClientRequest, pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) {
    if (request.destroyed) return;
    if (request.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const go = () => {
        request.off("drain", go);
        request.off("close", go);
        resolve();
      };
      request.on("drain", go);
      request.on("close", go);
    });
  }
  if (!request.destroyed) request.end();
}

/** Bytes straight into a connection, for what no HTTP client would send. @returns all that comes back until it closes. */
export function exchangeRaw(url: string, bytes: string, { waitMs = 10_000 } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect({ host: hostname, port: Number(port) }, () => socket.write(bytes, "latin1"));
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on("data", (data) => (text += data.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}

/** What must never be in a reply: where the program lies, how it failed, what it asks its store. */
const SECRETS = [
  /\n\s+at .+[:(]\d+/,
  /\bat \S+ \(.*:\d+:\d+\)/,
  /node_modules|\/\.next|\/work\/|\/home\/|\/tmp\/|file:\/\//,
  /\b(select|insert|update|delete)\b.{0,80}\b(from|into|set|where)\b/i,
  /record_predictions|record_labels|\bpg_\w+|PostgresError|DrizzleQueryError|ZodError|syntax error at/,
  /TypeError|RangeError|ReferenceError|Cannot read propert|is not a function|Maximum call stack/,
];

/** The first thing in a reply that only the log should say, or null. */
export function findSecret(text: string): string | null {
  for (const secret of SECRETS) {
    const found = secret.exec(text);
    if (found) return found[0].slice(0, 120);
  }
  return null;
}

/** Holds an answer against the one shape of an error. @returns its message */
export function expectRefusal(answer: Answer, status: number | number[]): string {
  expect([status].flat(), answer.text.slice(0, 300)).toContain(answer.status);
  const { error } = ErrorReply.parse(JSON.parse(answer.text));
  expect(error.message.length, "a message is read by a person").toBeLessThan(2000);
  expect(findSecret(answer.text)).toBeNull();
  return error.message;
}
