import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { queryValues } from "@/lib/http/address";
import { Incoming } from "@/lib/http/incoming";
import { refuseBadText } from "@/lib/http/parse";

/**
 * Fields of a request as protobuf's JSON mapping has them: numbers may be text (in a query they are), a null is a field
 * left out, a list in a query is a parameter repeated.
 */
export const text = z.string();
export const required = z.string().min(1, "is required");
const numeric = z
  .string()
  .trim()
  .regex(/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/)
  .transform(Number);
export const int64 = z.union([z.number(), numeric]).refine(Number.isSafeInteger, "it is no whole number");
export const double = z.union([
  z.number(),
  z.literal("NaN").transform(() => Number.NaN),
  z.literal(["Infinity", "inf", "Inf"]).transform(() => Number.POSITIVE_INFINITY),
  z.literal(["-Infinity", "-inf", "-Inf"]).transform(() => Number.NEGATIVE_INFINITY),
  numeric,
]);
export const bool = z.union([
  z.boolean(),
  z.literal(["true", "True", "1"]).transform(() => true),
  z.literal(["false", "False", "0"]).transform(() => false),
]);
export const list = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item));
export const tag = z.object({ key: required, value: z.string().default("") });

/** A client of old says run_uuid. */
export const runId = {
  run_id: z.string().default(""),
  run_uuid: z.string().default(""),
};
export const runIdOf = (message: { run_id: string; run_uuid: string }): string => {
  const id = message.run_id || message.run_uuid;
  if (id === "") throw new TidemarkError("bad_request", "Missing value for required parameter 'run_id'.");
  return id;
};

/** What a request says: its query for GET, else its JSON body, which may be missing, with the path's own values. */
export async function readMessage(
  request: Request,
  url: URL,
  params: Record<string, string>,
  maxBytes: number,
): Promise<Record<string, unknown>> {
  const said =
    request.method === "GET"
      ? queryValues(url.searchParams)
      : await readBody(new Incoming(request, maxBytes));
  const message = { ...(withoutNulls(said) as Record<string, unknown>), ...params };
  refuseBadText(message, "request");
  return message;
}

async function readBody(incoming: Incoming): Promise<Record<string, unknown>> {
  const { mediaType } = incoming;
  if (mediaType !== "" && mediaType !== "application/json" && mediaType !== "text/json") {
    throw new TidemarkError(
      "unsupported_media_type",
      `Bad Request. Content-Type must be application/json, and is ${mediaType.slice(0, 100)}.`,
    );
  }
  const body = await incoming.text();
  if (body.trim() === "") return {};
  const value = parseJson(body);
  // Clients of old send JSON in a JSON string.
  const message = typeof value === "string" ? parseJson(value) : value;
  if (typeof message === "object" && message !== null && !Array.isArray(message)) {
    return message as Record<string, unknown>;
  }
  throw new TidemarkError("bad_request", "the request's body is not a JSON object");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new TidemarkError("bad_request", `the request's body is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) if (inner !== null) kept[name] = withoutNulls(inner);
  return kept;
}

/** @throws TidemarkError `bad_request` in the words that MLflow's clients look for */
export function parseMessage<Schema extends z.ZodType>(schema: Schema, message: unknown): z.output<Schema> {
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = givenPath(message, issue.path);
  const name = nameOf(path);
  const value = at(message, path);
  if (value === undefined || value === "") {
    throw new TidemarkError("bad_request", `Missing value for required parameter '${name}'.`);
  }
  const shown = JSON.stringify(value);
  throw new TidemarkError(
    "bad_request",
    `Invalid value ${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown} for parameter '${name}' supplied: ${issue.message}`,
  );
}

/** As far as the path goes in what was given, where text in place of a list was taken for the list's only item. */
function givenPath(message: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  const end = path.findIndex(
    (part, place) => typeof part === "number" && !Array.isArray(at(message, path.slice(0, place))),
  );
  return end === -1 ? path : path.slice(0, end);
}

/** `metrics[0].key` */
function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === "number" ? `${name}[${part}]` : name ? `${name}.${String(part)}` : String(part),
    "",
  );
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, part) => (here === null || here === undefined ? undefined : (here as never)[part]),
    value,
  );
}
