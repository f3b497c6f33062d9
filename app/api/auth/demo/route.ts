import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { handle } from "@/lib/http/handle";
import { isOwnPage, isVisit } from "@/lib/http/principal";
import { signInDemo } from "@/lib/people/demo";
import { RoleName } from "@/lib/people/schema";
import { wayBack } from "@/lib/people/way-back";
import { withCookies } from "@/lib/people/with-cookies";

export const GET = handle(
  {
    method: "GET",
    path: "/api/auth/demo",
    scope: "public",
    summary: "In the demo alone: sign in under a role, then go to a page",
    query: z.object({ role: RoleName.default("analyst"), to: z.string().max(2000).optional() }),
    reply: { "text/html": null },
  },
  async ({ runtime, query, request }) => {
    if (!isOwnPage(request.headers) && !isVisit(request.headers)) {
      throw new TidemarkError("forbidden", "only a person or a page of this server may ask for this");
    }
    const cookies = await signInDemo(runtime, query.role, request.headers);
    const reply = withCookies(cookies, null);
    return new Response(null, {
      status: 303,
      headers: [...reply.headers, ["location", wayBack(query.to)]],
    });
  },
);
