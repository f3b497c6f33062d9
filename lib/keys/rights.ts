import { TidemarkError } from "@/lib/errors";
import type { Principal } from "@/lib/http/principal";
import { isAtLeast, strongestRole } from "@/lib/people/roles";
import type { NewApiKey } from "./schema";

/** Whose keys somebody may see and end: null = everybody's. */
export function keysOf({ person }: Principal): string | null {
  return person && !isAtLeast(person.role, "admin") ? person.id : null;
}

/**
 * Whose key a new one is.
 * @throws TidemarkError `forbidden` for a service's key that no administrator makes, or scopes that would open nothing
 */
export function ownerOfNew({ person }: Principal, { owner, scopes }: NewApiKey): string | null {
  if (!person) {
    if (owner !== "me") return null;
    throw new TidemarkError("forbidden", 'owner "me": this key belongs to no person; leave owner out');
  }
  if (owner === "service") {
    if (isAtLeast(person.role, "admin")) return null;
    throw new TidemarkError(
      "forbidden",
      `${person.email} is ${person.role}: a service's key is made by an administrator; owner "me" makes one of your own`,
    );
  }
  const useless = scopes.filter((scope) => scope !== "read");
  if (useless.length > 0 && !isAtLeast(strongestRole(person), "analyst")) {
    throw new TidemarkError(
      "forbidden",
      `${person.email} is ${person.role}: a key of theirs may only read, not ${useless.join(", ")}`,
    );
  }
  return person.id;
}
