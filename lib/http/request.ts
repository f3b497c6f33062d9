import type { z } from "zod";
import type { ErrorReply } from "@/lib/wire";

/** A refusal or failure of the API, with a message made to be read by a person. */
export class ApiError extends Error {
  /** The server's code, or "unreachable" (no reply) or "unexpected_reply" (not what the schema says). */
  readonly code: string;
  /** HTTP status; 0 where there was no reply. */
  readonly status: number;
  readonly details: unknown[];
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    options: {
      code: string;
      status: number;
      details?: unknown[];
      retryAfterMs?: number | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = "ApiError";
    this.code = options.code;
    this.status = options.status;
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

/** The address of an API resource: each segment encoded, undefined and null parameters left out, arrays repeated. */
export function apiUrl(segments: readonly string[], params: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
  }
  const query = search.toString();
  return `/api/v1/${segments.map(encodeURIComponent).join("/")}${query ? `?${query}` : ""}`;
}

export type RequestOptions = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  signal?: AbortSignal | undefined;
};

/** Schemas weigh more than what a page needs to be used: they load beside the first request that wants one. */
export type LoadSchema<Reply> = () => Promise<z.ZodType<Reply>>;

/** Fetches from this server and parses the reply with its schema; throws an ApiError otherwise. */
export async function request<Reply>(
  load: LoadSchema<Reply>,
  url: string,
  { method = "GET", json, signal }: RequestOptions = {},
): Promise<Reply> {
  const loading = loadSchema(load);
  loading.catch(() => {});
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      signal: signal ?? null,
      headers: {
        accept: "application/json",
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      },
      body: json === undefined ? null : JSON.stringify(json),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  }
  const text = await response.text();
  return readReply(await loading, response.status, response.headers.get("retry-after"), text);
}

/** @throws ApiError "unreachable": schemas come from the same server as replies. */
export const loadSchema = <Reply>(load: LoadSchema<Reply>): Promise<z.ZodType<Reply>> =>
  load().catch((cause) => {
    throw unreachable(cause);
  });

/** Turns a reply's status and text into the parsed reply or an ApiError. */
export function readReply<Reply>(
  schema: z.ZodType<Reply>,
  status: number,
  retryAfter: string | null,
  text: string,
): Reply {
  const body = parseJson(text);
  if (status < 200 || status >= 300) {
    const retryAfterMs = retryAfter && Number.isFinite(Number(retryAfter)) ? Number(retryAfter) * 1000 : null;
    if (isRefusal(body)) throw new ApiError(body.error.message, { ...body.error, status, retryAfterMs });
    throw new ApiError(`The server answered ${status} without saying why.`, {
      code: status === 404 ? "not_found" : "internal",
      status,
      retryAfterMs,
    });
  }
  const reply = schema.safeParse(body);
  if (reply.success) return reply.data;
  const issue = reply.error.issues[0];
  throw new ApiError(
    `The server's reply is not in the shape this page knows (${issue?.path.join(".") || "reply"}: ${issue?.message ?? "not understood"}). If Tidemark was just updated, reload the page.`,
    { code: "unexpected_reply", status, details: reply.error.issues },
  );
}

export function unreachable(cause: unknown): ApiError {
  return new ApiError("Tidemark's server did not answer. Is it running, and is the network up?", {
    code: "unreachable",
    status: 0,
    cause,
  });
}

/** What to tell a person about anything that was thrown. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return error.message;
  return "Something failed without saying why.";
}

/** Whether asking again may help: no for a refusal that will be the same next time. */
export function worthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}

/** Whether it is an ErrorReply; known without its schema, since a refusal may come when nothing else loads. */
function isRefusal(body: unknown): body is ErrorReply {
  const { code, message, details } = (body as Partial<ErrorReply> | null | undefined)?.error ?? {};
  return typeof code === "string" && typeof message === "string" && Array.isArray(details);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
