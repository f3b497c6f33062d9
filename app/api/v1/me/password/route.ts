import { handle } from "@/lib/http/handle";
import { addressOf } from "@/lib/http/origin";
import { changePassword } from "@/lib/people/account";
import { Account, NewPassword } from "@/lib/people/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/me/password",
    scope: "person",
    summary: "Set a new password; every other session of yours ends",
    body: NewPassword,
    reply: Account,
  },
  ({ runtime, principal, body, request }) =>
    changePassword(runtime, principal, { ...body, from: addressOf(request.headers) }),
);
