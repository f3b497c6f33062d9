import { handle } from "@/lib/http/handle";
import { refuseForeign } from "@/lib/http/principal";
import { acceptLink } from "@/lib/people/link";
import { Done, Welcome } from "@/lib/people/schema";
import { signIn } from "@/lib/people/sign-in";
import { withCookies } from "@/lib/people/with-cookies";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/welcome",
    scope: "public",
    summary: "Use a one-time link: join, or set a new password, and be signed in",
    body: Welcome,
    reply: { "application/json": Done },
  },
  async ({ runtime, body, request }) => {
    refuseForeign(request.headers);
    const email = await acceptLink(runtime, body);
    return withCookies(await signIn(runtime, { email, password: body.password }, request.headers), {
      done: true,
    });
  },
);
