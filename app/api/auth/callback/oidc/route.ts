import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { authOf } from "@/lib/people/auth";

const text = z.string().max(5000).optional();

export const GET = handle(
  {
    method: "GET",
    path: "/api/auth/callback/oidc",
    scope: "public",
    summary: "Where the identity provider sends the browser back to",
    query: z.object({
      code: text,
      state: text,
      iss: text,
      session_state: text,
      scope: text,
      error: text,
      error_description: text,
      error_uri: text,
    }),
    reply: { "text/html": null },
  },
  ({ runtime, request }) => authOf(runtime).handler(request),
);
