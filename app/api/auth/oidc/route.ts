import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { refuseForeign } from "@/lib/http/principal";
import { OidcStart } from "@/lib/people/schema";
import { beginOidc } from "@/lib/people/sign-in";
import { wayBack } from "@/lib/people/way-back";
import { withCookies } from "@/lib/people/with-cookies";

export const POST = handle(
  {
    method: "POST",
    path: "/api/auth/oidc",
    scope: "public",
    summary: "Begin to sign in with the identity provider: the address where the browser goes",
    body: z.object({ to: z.string().max(2000).optional() }).strict(),
    reply: { "application/json": OidcStart },
  },
  async ({ runtime, body, request }) => {
    refuseForeign(request.headers);
    const { url, cookies } = await beginOidc(runtime, wayBack(body.to), request.headers);
    return withCookies(cookies, { url });
  },
);
