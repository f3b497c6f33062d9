/** How long and how often a request is tried again. */
export interface Retry {
  /** Give up when this many milliseconds have passed since the first attempt. Default 120,000. */
  forMs: number;
  /** The longest wait before the second attempt; it doubles with each further one. Default 200. */
  baseMs: number;
  /** The longest wait of all, unless the server asks for more in Retry-After. Default 10,000. */
  maxMs: number;
}

export interface Request {
  url: string;
  method: "POST" | "PUT";
  apiKey: string;
  contentType: string;
  body: string | Uint8Array;
  gzip: boolean;
  /** One attempt is given up, and tried again, after this many milliseconds. */
  timeoutMs: number;
  retry: Retry;
  fetch: typeof fetch;
}

/** A request that was refused, or that was given up: with the server's words and what they belong to. */
export class TidemarkError extends Error {
  override readonly name = "TidemarkError";
  constructor(
    message: string,
    /** HTTP status, or `null` when no answer came. */
    readonly status: number | null,
    /** `error.code` of the server's reply, where there was one. */
    readonly code: string | null,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * Overloaded (429) or not there just now (502, 503, 504). Anything else below 500 would be refused again, and a
 * plain 500 is a fault that a repetition would only repeat.
 */
const TRANSIENT = new Set([429, 502, 503, 504]);

/** Browsers refuse `keepalive` above 64 KiB for all requests under way together. */
const KEEPALIVE_BYTES = 60_000;

/**
 * Sends one request and returns the parsed JSON reply. Every attempt sends the very same bytes, so that the
 * server recognises rows that it has already taken.
 *
 * @throws TidemarkError when refused (4xx other than 429, 500), or when `retry.forMs` has passed
 */
export async function send(request: Request): Promise<unknown> {
  const body = request.gzip ? await gzip(request.body) : request.body;
  const giveUpAt = Date.now() + request.retry.forMs;
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(request, body);
    if ("reply" in outcome) return outcome.reply;
    const { retryAfterMs } = outcome;
    const waitMs =
      retryAfterMs === null ? jitter(request.retry, attempt) : retryAfterMs + jitter(request.retry, 0);
    if (!outcome.again || Date.now() + waitMs > giveUpAt) throw outcome.error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

type Outcome = { reply: unknown } | { error: TidemarkError; again: boolean; retryAfterMs: number | null };

async function attemptOnce(request: Request, body: string | Uint8Array): Promise<Outcome> {
  const where = `${request.method} ${request.url}`;
  let response: Response;
  let text: string;
  try {
    response = await request.fetch(request.url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.apiKey}`,
        "content-type": request.contentType,
        ...(request.gzip ? { "content-encoding": "gzip" } : {}),
      },
      body: body as BodyInit,
      keepalive: isHidden() && body.length <= KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    const error = new TidemarkError(`${where}: no answer (${reason(cause)})`, null, null, { cause });
    return { error, again: true, retryAfterMs: null };
  }
  const reply = parse(text);
  if (response.ok && reply !== undefined) return { reply };
  const { code, message } = errorOf(reply);
  const error = new TidemarkError(
    `${where}: ${response.status} ${message ?? (text.slice(0, 200) || response.statusText)}`,
    response.status,
    code,
  );
  return {
    error,
    again: TRANSIENT.has(response.status),
    retryAfterMs: retryAfter(response.headers.get("retry-after"), Date.now()),
  };
}

/** Exponential backoff with full jitter, so that clients that failed together do not come back together. */
function jitter({ baseMs, maxMs }: Retry, attempt: number): number {
  return Math.random() * Math.min(maxMs, baseMs * 2 ** attempt);
}

/** Retry-After as milliseconds from now: it is either a number of seconds or a date (RFC 9110 §10.2.3). */
export function retryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(reply: unknown): { code: string | null; message: string | null } {
  const error = (reply as { error?: { code?: unknown; message?: unknown } } | null | undefined)?.error;
  return {
    code: typeof error?.code === "string" ? error.code : null,
    message: typeof error?.message === "string" ? error.message : null,
  };
}

/** Node's fetch says only "fetch failed"; the reason (ECONNREFUSED …) is in the cause. */
function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? thrown.message;
}

async function gzip(body: string | Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([body as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function isHidden(): boolean {
  return typeof document !== "undefined" && document.visibilityState === "hidden";
}
