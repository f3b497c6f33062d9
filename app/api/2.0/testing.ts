import type { RouteHandler } from "@/lib/http/handle";
import type { Method } from "@/lib/http/table";
import { DELETE, GET, PATCH, POST, PUT } from "./[...path]/route";

/** An admin key of the server under test, as its setting TIDEMARK_BOOTSTRAP_KEY has it. */
export const KEY = "the-bootstrap-key-of-this-test";

/** Asks an address of this server as a client does. */
export function ask(handler: RouteHandler, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { host: "localhost", authorization: `Bearer ${KEY}`, ...(init.headers as object) };
  return handler(new Request(`http://localhost${path}`, { ...init, headers }));
}

const HANDLERS = { DELETE, GET, PATCH, POST, PUT };

/** Asks an endpoint of MLflow's, with JSON or, for GET, by its query alone. */
export const mlflow = (method: Method, path: string, message?: object): Promise<Response> =>
  ask(HANDLERS[method], `/api/2.0/mlflow/${path}`, {
    method,
    ...(message ? { body: JSON.stringify(message), headers: { "content-type": "application/json" } } : {}),
  });

/** @throws where the answer is not 200 */
export async function reply<Reply>(answer: Promise<Response>): Promise<Reply> {
  const response = await answer;
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${body}`);
  return JSON.parse(body) as Reply;
}
