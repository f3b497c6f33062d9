import type { z } from "zod";
import type { Principal, RequiredScope } from "@/lib/http/principal";
import type { Method } from "@/lib/http/table";
import type { Role } from "@/lib/people/roles";
import type { Runtime } from "@/lib/server/runtime";

export type Call<Message> = {
  runtime: Runtime;
  principal: Principal;
  message: Message;
  /** Values of the path's {names}; of {name...}, all that is left of the path, still encoded. */
  params: Record<string, string>;
  request: Request;
  url: URL;
  nowMs: number;
};

/** An address of MLflow's protocol and what it does. */
export type Endpoint = {
  method: Method;
  /** Behind the prefix of its version: `/mlflow/runs/create`. */
  path: string;
  /** Where clients look for it; every endpoint answers under every prefix. */
  prefix: "/api/2.0" | "/api/3.0" | "";
  scope: RequiredScope;
  /** The least role of a person; unset = what the scope asks. */
  role?: Role | undefined;
  summary: string;
  /** null: the body is a file, which `answer` reads itself. */
  schema: z.ZodType | null;
  answer: (call: Call<never>) => Promise<object>;
};

export function endpoint<Schema extends z.ZodType | null>(
  [method, path, scope, role]: readonly [Method, string, RequiredScope, Role?],
  summary: string,
  schema: Schema,
  answer: (call: Call<Schema extends z.ZodType ? z.output<Schema> : null>) => Promise<object>,
  prefix: Endpoint["prefix"] = "/api/2.0",
): Endpoint {
  return { method, path, scope, role, summary, schema, prefix, answer: answer as Endpoint["answer"] };
}
