import type { Principal } from "@/lib/http/principal";

/** Who asks or decides: the name that is written down, and the person that four eyes are counted by. */
export type Who = {
  actor: string;
  person: string;
  /** May do what only administrators may. */
  admin: boolean;
};

export const whoIs = ({ actor, scopes }: Principal): Who => ({
  actor,
  person: actor,
  admin: scopes.includes("admin"),
});
