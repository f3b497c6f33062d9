import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { recovering } from "./refresh";
import { request } from "./request";

/** A JSON schema as far as a reader needs it. */
export type JsonSchema = {
  [key: string]: unknown;
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
};

const Schema = z.custom<JsonSchema>((value) => typeof value === "object" && value !== null);
const Content = z.record(z.string(), z.object({ schema: Schema.optional() }));

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: Schema.optional(),
});

const Operation = z.object({
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.object({ description: z.string().optional(), content: Content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string().optional(), content: Content.optional() }),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
export type Operation = z.infer<typeof Operation>;

const OpenApiDocument = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), Schema).optional() }).optional(),
});
export type OpenApiDocument = z.infer<typeof OpenApiDocument>;

export const openApiQuery = () =>
  queryOptions({
    queryKey: ["openapi"],
    queryFn: ({ signal }) => request(async () => OpenApiDocument, "/api/openapi.json", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    ...recovering,
  });

export type Endpoint = { id: string; method: string; path: string; operation: Operation };

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The document's operations in its own order; what is no operation is left out. */
export function endpoints(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = Operation.safeParse(methods[method]);
      if (!operation.success) return [];
      const id = `${method}-${path}`.replace(/[^a-z0-9]+/gi, "-").replace(/-+$/, "");
      return [{ id, method: method.toUpperCase(), path, operation: operation.data }];
    }),
  );
}

/** A schema with its reference followed. */
export function resolve(schema: JsonSchema, document: OpenApiDocument): JsonSchema {
  const name = schema.$ref?.match(/^#\/components\/schemas\/(.+)$/)?.[1];
  const target = name ? document.components?.schemas?.[decodeURIComponent(name)] : undefined;
  return target ?? schema;
}

/** A type in words: "number", "text or nothing", "list of { … }", "one of ks, chi2". */
export function typeWords(schema: JsonSchema, document: OpenApiDocument): string {
  const resolved = resolve(schema, document);
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (resolved.enum) return `one of ${resolved.enum.map((each) => String(each)).join(", ")}`;
  const choices = resolved.anyOf ?? resolved.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeWords(choice, document)))].join(" or ");
  const types = Array.isArray(resolved.type) ? resolved.type : [resolved.type ?? "any"];
  return types.map((type) => typeWord(type, resolved, document)).join(" or ");
}

function typeWord(type: string, schema: JsonSchema, document: OpenApiDocument): string {
  switch (type) {
    case "string":
      return schema.format === "date-time" ? "time" : "text";
    case "null":
      return "null";
    case "integer":
      return "whole number";
    case "boolean":
      return "true or false";
    case "array":
      return `list of ${schema.items ? typeWords(schema.items, document) : "any"}`;
    case "object":
      return typeof schema.additionalProperties === "object" && !schema.properties
        ? `name → ${typeWords(schema.additionalProperties, document)}`
        : "object";
    default:
      return type;
  }
}

/** The object whose fields a reader wants to see: through references, lists and "or null". */
export function innerObject(schema: JsonSchema, document: OpenApiDocument): JsonSchema | null {
  const resolved = resolve(schema, document);
  if (resolved.properties) return resolved;
  if (resolved.items) return innerObject(resolved.items, document);
  if (typeof resolved.additionalProperties === "object")
    return innerObject(resolved.additionalProperties, document);
  for (const choice of resolved.anyOf ?? resolved.oneOf ?? []) {
    const inner = innerObject(choice, document);
    if (inner) return inner;
  }
  return null;
}
