import type { Role } from "@/lib/people/roles";

/** What each role may do, in a line. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: "reads everything, changes nothing",
  analyst: "also logs, uploads, evaluates, edits cards and settings, asks for promotion",
  reviewer: "also approves or refuses promotions and moves stages and aliases",
  admin: "everything, people, everybody's keys and the audit log included",
};
