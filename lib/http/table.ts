import type { z } from "zod";
import type { Role } from "@/lib/people/roles";
import type { RequiredScope } from "./principal";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Media type → what it holds: a schema where it is JSON, a line of it where it is NDJSON; null = described in words. */
export type MediaTypes = Record<string, z.ZodType | null>;

/** What is known of a route without running it. */
export type RouteDefinition = {
  method: Method;
  /** As OpenAPI writes it: `/api/v1/models/{model}`. */
  path: string;
  scope: RequiredScope;
  /** The least role of a person who may send it; unset = what the scope asks of a person. */
  role?: Role;
  /** "person": no service's key may send it. */
  by?: "person";
  /** "body": the body says which model it is about, and the route calls authorizeModel once it knows. */
  model?: "body";
  /** What the request does, in one line. */
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A schema = JSON, parsed; media types = the handler reads the body itself. */
  body?: z.ZodType | MediaTypes;
  /** A schema = JSON; media types = the handler answers with a Response. */
  reply: z.ZodType | MediaTypes;
  /** Of a good reply; 200 unless said. */
  status?: number;
  /** Part of a protocol that others define, served by a catch-all route and left out of OpenAPI. */
  protocol?: "mlflow";
};

const table = new Map<string, RouteDefinition>();

export function registerRoute(route: RouteDefinition): void {
  table.set(`${route.method} ${route.path}`, route);
}

/** Every route whose module has been loaded, by path. See app/api/routes.ts, which loads all of them. */
export function routeTable(): RouteDefinition[] {
  return [...table.values()].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

export function isSchema(value: z.ZodType | MediaTypes): value is z.ZodType {
  return typeof (value as { safeParse?: unknown }).safeParse === "function";
}
