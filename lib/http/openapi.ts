import { z } from "zod";
import { ErrorReply } from "@/lib/wire";
import { STATUS } from "./status";
import { isSchema, type MediaTypes, type RouteDefinition } from "./table";

type Json = Record<string, unknown>;

const ERROR = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

const ERRORS: Record<number, string> = {
  [STATUS.bad_request]: "The path, query or body is wrong; the message names field, value and remedy.",
  [STATUS.unauthenticated]: "No API key, or one that is unknown or revoked.",
  [STATUS.forbidden]: "The key lacks the scope, or the server does not answer to this host.",
  [STATUS.not_found]: "There is no such thing; the message says what there is.",
  [STATUS.too_large]: "The body is over the size limit, before or after decompression.",
  [STATUS.unsupported_media_type]: "The Content-Type or Content-Encoding is not one of those accepted.",
  [STATUS.overloaded]: "Too much is waiting for the store: send it again after Retry-After seconds.",
  [STATUS.internal]: "Something failed inside the server; its log says what, under the id in the message.",
  [STATUS.store_unavailable]: "The store is out of reach: send it again after Retry-After seconds.",
};

/** The OpenAPI 3.1 description of the routes, made of the very schemas that guard them. */
export function describeApi(routes: readonly RouteDefinition[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    if (route.protocol) continue;
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = describeRoute(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tidemark",
      version,
      description:
        "ML observability: predictions and ground truth in, drift and performance out. JSON in snake_case, times RFC 3339 in UTC. Bodies may be gzip, deflate or br by Content-Encoding.",
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { Error: jsonSchema(ErrorReply, "output") },
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key made on the page /keys or by npm run key. Scopes: ingest logs predictions and labels; read reads every report; admin may do everything.",
        },
      },
    },
  };
}

function describeRoute(route: RouteDefinition): Json {
  const [, , noun] = route.path.replace(/^\/(api\/)?(v1\/)?/, "/api/").split("/");
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: [noun],
    security: route.scope === "public" ? [] : [{ apiKey: [route.scope] }],
    parameters: [...describeParameters(route.params, "path"), ...describeParameters(route.query, "query")],
    ...(route.body ? { requestBody: { required: true, content: describeContent(route.body, "input") } } : {}),
    responses: {
      [route.status ?? 200]: { description: "Done.", content: describeContent(route.reply, "output") },
      ...Object.fromEntries(
        errorStatuses(route).map((status) => [status, { description: ERRORS[status], content: ERROR }]),
      ),
    },
  };
}

function operationId({ method, path }: RouteDefinition): string {
  const words = path
    .replace(/^\/(api\/)?(v1\/)?/, "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

function errorStatuses(route: RouteDefinition): number[] {
  const {
    bad_request,
    unauthenticated,
    forbidden,
    not_found,
    too_large,
    unsupported_media_type,
    overloaded,
  } = STATUS;
  return [
    ...(route.params || route.query || route.body ? [bad_request] : []),
    ...(route.scope === "public" ? [] : [unauthenticated]),
    forbidden,
    ...(route.params ? [not_found] : []),
    ...(route.body ? [too_large, unsupported_media_type] : []),
    ...(route.scope === "ingest" ? [overloaded] : []),
    STATUS.internal,
    STATUS.store_unavailable,
  ];
}

function describeParameters(schema: z.ZodObject | undefined, where: "path" | "query"): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const described = parameterSchema(field as z.ZodType);
    const { description, ...rest } = described;
    return {
      name,
      in: where,
      required: where === "path" || !(field as z.ZodType).safeParse(undefined).success,
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
}

/** What is parsed of the text says more than the text; unless it is transformed beyond what a schema can say. */
function parameterSchema(field: z.ZodType): Json {
  const parsed = jsonSchema(field, "output");
  return Object.keys(parsed).some((key) => ["type", "enum", "const", "anyOf"].includes(key))
    ? parsed
    : jsonSchema(field, "input");
}

function describeContent(spec: z.ZodType | MediaTypes, io: "input" | "output"): Json {
  if (isSchema(spec)) return { "application/json": { schema: jsonSchema(spec, io) } };
  return Object.fromEntries(
    Object.entries(spec).map(([mediaType, schema]) => [
      mediaType,
      { schema: schema ? { ...jsonSchema(schema, io), ...lineNote(mediaType) } : fileSchema(mediaType) },
    ]),
  );
}

function lineNote(mediaType: string): Json {
  return mediaType.includes("ndjson") ? { description: "A line of the stream; any number of lines." } : {};
}

function fileSchema(mediaType: string): Json {
  return mediaType.startsWith("text/") || mediaType.includes("ndjson")
    ? { type: "string" }
    : { type: "string", format: "binary" };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ jsonSchema: made }) {
      // The format says it; the expression is a screenful.
      if (made.format === "date-time") delete made.pattern;
    },
  }) as Json;
  return described;
}
