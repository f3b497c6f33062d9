import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { endSession } from "@/lib/people/account";
import { Account } from "@/lib/people/schema";

export const DELETE = handle(
  {
    method: "DELETE",
    path: "/api/v1/me/sessions/{session}",
    scope: "person",
    summary: "End one of your own sessions",
    params: z.object({ session: z.string() }),
    reply: Account,
  },
  ({ runtime, params, principal }) => endSession(runtime, principal, params.session),
);
