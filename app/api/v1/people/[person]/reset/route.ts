import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { originOf } from "@/lib/http/origin";
import { resetPassword } from "@/lib/people/link";
import { LinkReply } from "@/lib/people/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/people/{person}/reset",
    scope: "admin",
    summary: "Make a one-time link by which a person sets a new password",
    params: z.object({ person: z.string() }),
    reply: LinkReply,
    status: 201,
  },
  ({ runtime, params, principal, request }) =>
    resetPassword(runtime, params.person, {
      actor: principal.actor,
      origin: originOf(request.headers, runtime.settings),
    }),
);
