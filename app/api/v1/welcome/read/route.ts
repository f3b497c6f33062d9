import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { readLink } from "@/lib/people/link";
import { LinkPurpose } from "@/lib/people/schema";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/welcome/read",
    scope: "public",
    summary: "What a one-time link is for",
    description: "In a body, so that the link's secret is in no log of addresses.",
    body: z.object({ token: z.string().max(200) }).strict(),
    reply: LinkPurpose,
  },
  ({ runtime, body }) => readLink(runtime, body.token),
);
