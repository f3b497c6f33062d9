import { handle } from "@/lib/http/handle";
import { checkHealth, Health } from "@/lib/operations/store-health";

export const GET = handle(
  {
    method: "GET",
    path: "/health",
    scope: "public",
    summary: "Whether the server and its store answer; 503 when the store does not",
    reply: Health,
  },
  ({ runtime }) => checkHealth(runtime.store),
);
