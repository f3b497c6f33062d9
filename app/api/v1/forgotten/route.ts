import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { addressOf, originOf } from "@/lib/http/origin";
import { refuseForeign } from "@/lib/http/principal";
import { forgotPassword } from "@/lib/people/link";
import { Done, Email } from "@/lib/people/schema";
import { countTry } from "@/lib/people/sign-in-limit";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/forgotten",
    scope: "public",
    summary: "Mail a link for a new password, where there is somebody of that address",
    description: "The reply is the same for every address, and does not wait for the mail.",
    body: z.object({ email: Email }).strict(),
    reply: Done,
  },
  async ({ runtime, body, request }) => {
    refuseForeign(request.headers);
    await countTry(runtime.db, { email: `forgotten ${body.email}`, from: addressOf(request.headers) });
    forgotPassword(runtime, body.email, originOf(request.headers, runtime.settings));
    return { done: true as const };
  },
);
