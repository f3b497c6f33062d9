import { handle } from "@/lib/http/handle";
import { refuseForeign } from "@/lib/http/principal";
import { Done } from "@/lib/people/schema";
import { signOut } from "@/lib/people/sign-in";
import { withCookies } from "@/lib/people/with-cookies";

export const POST = handle(
  {
    method: "POST",
    path: "/api/auth/sign-out",
    scope: "public",
    summary: "End the session of the cookie, if it is one",
    reply: { "application/json": Done },
  },
  async ({ runtime, request }) => {
    refuseForeign(request.headers);
    return withCookies(await signOut(runtime, request.headers), { done: true });
  },
);
