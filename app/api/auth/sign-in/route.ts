import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { refuseForeign } from "@/lib/http/principal";
import { Done, SignIn } from "@/lib/people/schema";
import { signIn } from "@/lib/people/sign-in";
import { withCookies } from "@/lib/people/with-cookies";

export const POST = handle(
  {
    method: "POST",
    path: "/api/auth/sign-in",
    scope: "public",
    summary: "Sign in with e-mail address and password; sets the session cookie",
    description: "For this server's own pages. Programs use API keys.",
    query: z.object({}),
    body: SignIn,
    reply: { "application/json": Done },
  },
  async ({ runtime, body, request }) => {
    refuseForeign(request.headers);
    return withCookies(await signIn(runtime, body, request.headers), { done: true });
  },
);
