import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { signOutEverywhere } from "@/lib/people/change";
import { Person } from "@/lib/people/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/people/{person}/sign-out",
    scope: "admin",
    summary: "End every session of a person, at once",
    params: z.object({ person: z.string() }),
    reply: Person,
  },
  ({ runtime, params, principal }) => signOutEverywhere(runtime, params.person, principal.actor),
);
