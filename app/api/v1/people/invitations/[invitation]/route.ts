import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { withdrawInvitation } from "@/lib/people/change";
import { Done } from "@/lib/people/schema";

export const DELETE = handle(
  {
    method: "DELETE",
    path: "/api/v1/people/invitations/{invitation}",
    scope: "admin",
    summary: "Take an invitation back: its link is good for nothing",
    params: z.object({ invitation: z.string() }),
    reply: Done,
  },
  ({ runtime, params, principal }) => withdrawInvitation(runtime, params.invitation, principal.actor),
);
