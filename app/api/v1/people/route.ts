import { handle } from "@/lib/http/handle";
import { originOf } from "@/lib/http/origin";
import { invite } from "@/lib/people/link";
import { listPeople } from "@/lib/people/list";
import { LinkReply, NewInvitation, People } from "@/lib/people/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/people",
    scope: "admin",
    summary: "List the people, those shut out too, and who was invited",
    reply: People,
  },
  ({ runtime }) => listPeople(runtime),
);

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/people",
    scope: "admin",
    summary: "Invite a person",
    description:
      "The one-time link, good for a week, is mailed where TIDEMARK_SMTP_URL is set, else it is in this reply and nowhere again.",
    body: NewInvitation,
    reply: LinkReply,
    status: 201,
  },
  ({ runtime, body, principal, request }) =>
    invite(runtime, body, {
      actor: principal.actor,
      origin: originOf(request.headers, runtime.settings),
    }),
);
