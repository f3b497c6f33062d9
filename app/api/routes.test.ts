import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import "./openapi.json/route";
import { describeApi } from "@/lib/http/openapi";
import { routeTable } from "@/lib/http/table";

const files = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((name) => path.basename(name) === "route.ts")
  .map((name) => `app/${name.split(path.sep).join("/")}`)
  // Answers where no route is, and where a whole protocol of others is served.
  .filter((name) => !name.endsWith("/[...path]/route.ts"))
  .sort();
/** Addresses of a protocol that are route files of their own, see the catch-all's. */
const THEIRS = ["app/get-artifact/route.ts", "app/model-versions/get-artifact/route.ts"];
const ownFiles = files.filter((name) => !THEIRS.includes(name));
/** `app/api/v1/models/[model]/route.ts` → `/api/v1/models/{model}` */
const pathOf = (file: string) =>
  file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replace(/\[([^\]]+)\]/g, "{$1}");
const methodsOf = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(
    (match) => match[1]!,
  );

const own = routeTable().filter((route) => !route.protocol);

const document = describeApi(routeTable(), "0") as {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        parameters: { name: string; in: string; required: boolean }[];
        responses: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
      }
    >
  >;
  components: { schemas: Record<string, unknown> };
};

test("every route file is in the table, and so in the OpenAPI description, with each of its methods", () => {
  const listed = own.map((route) => `${route.method} ${route.path}`);
  const written = ownFiles.flatMap((file) => methodsOf(file).map((method) => `${method} ${pathOf(file)}`));
  expect(written.length).toBeGreaterThan(10);
  expect(
    written.filter((route) => !listed.includes(route)),
    "add them to app/api/routes.ts",
  ).toEqual([]);
  expect(
    listed.filter((route) => !written.includes(route)),
    "their path is not their file's",
  ).toEqual([]);
  for (const route of own) expect(document.paths[route.path]).toHaveProperty(route.method.toLowerCase());
});

test("what others define is served under their prefixes and left out of the description", () => {
  const theirs = routeTable().filter((route) => route.protocol);
  expect(theirs.length).toBeGreaterThan(10);
  for (const route of theirs) {
    expect(route.path).toMatch(/^\/api\/[23]\.0\/|^\/(get-artifact|model-versions\/get-artifact)$/);
    expect(document.paths).not.toHaveProperty([route.path]);
  }
});

test("every route file serves methods that handle() made", () => {
  for (const file of files) {
    expect(readFileSync(file, "utf8"), file).not.toMatch(/^export (async )?function/m);
    expect(methodsOf(file), file).not.toEqual([]);
  }
});

test("path parameters are those of the path, and each is required", () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    for (const operation of Object.values(operations)) {
      const found = operation.parameters.filter((parameter) => parameter.in === "path");
      expect(found.map((parameter) => parameter.name)).toEqual(names);
      expect(found.every((parameter) => parameter.required)).toBe(true);
    }
  }
});

test("operations have ids of their own, and described replies with a schema", () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map((operation) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const operation of operations) {
    const statuses = Object.entries(operation.responses);
    expect(statuses.some(([status]) => status.startsWith("2"))).toBe(true);
    expect(statuses.some(([status]) => status === "503")).toBe(true);
    for (const [, reply] of statuses) {
      expect(reply.description).toBeTruthy();
      for (const content of Object.values(reply.content ?? {})) expect(content.schema).toBeTypeOf("object");
    }
  }
});

test("references lead somewhere, and no schema is of another dialect", () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name!);
  }
  expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)[^"]+"/g)).toBeNull();
  expect(text).not.toContain("$schema");
  expect(text).not.toContain("$defs");
});
