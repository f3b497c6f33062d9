import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { changePerson } from "@/lib/people/change";
import { Person, PersonChange } from "@/lib/people/schema";

export const PATCH = handle(
  {
    method: "PATCH",
    path: "/api/v1/people/{person}",
    scope: "admin",
    summary: "Change a person's role, their role for single models, or shut them out",
    description:
      "What is left out stays. Whoever is shut out is signed out everywhere at once, and their keys stop. The last administrator stays one.",
    params: z.object({ person: z.string() }),
    body: PersonChange,
    reply: Person,
  },
  ({ runtime, params, body, principal }) => changePerson(runtime, params.person, body, principal.actor),
);
