import { z } from "zod";
import "@/app/api/routes";
import { handle } from "@/lib/http/handle";
import { describeApi } from "@/lib/http/openapi";
import { routeTable } from "@/lib/http/table";
import { version } from "@/package.json";

let description: Record<string, unknown> | null = null;

export const GET = handle(
  {
    method: "GET",
    path: "/api/openapi.json",
    scope: "public",
    summary: "This description",
    reply: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
  },
  async () => {
    description ??= describeApi(routeTable(), version);
    return description as { openapi: string; paths: Record<string, unknown> };
  },
);
