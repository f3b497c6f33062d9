import { handle } from "@/lib/http/handle";
import { endOtherSessions } from "@/lib/people/account";
import { Account } from "@/lib/people/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/me/sign-out",
    scope: "person",
    summary: "End every session of yours but this one",
    reply: Account,
  },
  ({ runtime, principal }) => endOtherSessions(runtime, principal),
);
