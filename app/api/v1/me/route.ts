import { handle } from "@/lib/http/handle";
import { describeAccount } from "@/lib/people/account";
import { Account } from "@/lib/people/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/me",
    scope: "person",
    summary: "Who is signed in, with their sessions",
    reply: Account,
  },
  ({ runtime, principal }) => describeAccount(runtime, principal),
);
