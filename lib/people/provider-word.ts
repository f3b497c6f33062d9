import { forgetKeys } from "@/lib/keys/authenticate";
import { log } from "@/lib/log";
import type { Runtime } from "@/lib/server/runtime";
import type { OidcSettings } from "@/lib/settings";
import { oidcRole } from "./oidc-role";
import { selectPeople, updatePerson } from "./person-store";

/** As the audit log writes what happens on the identity provider's word. drizzle/0039_people.sql says the same. */
const PROVIDER_ACTOR = "oidc";

/**
 * Takes the identity provider's word about somebody who is here already: whether they are let in and, where a claim
 * says it, with which role. A role changes as when an administrator changes it, with the audit event, and the last
 * administrator keeps theirs.
 * @returns why they are not let in; null = they are
 */
export async function heedProvider(
  runtime: Runtime,
  oidc: OidcSettings,
  personId: string,
  profile: Record<string, unknown>,
): Promise<"disabled" | "not_invited" | null> {
  const [person] = await selectPeople(runtime.db, personId);
  if (!person) return "not_invited";
  if (person.disabled_at) return "disabled";
  if (oidc.roleClaim === undefined) return null;
  const role = oidcRole(oidc, profile);
  // Where the provider says the roles, who lost theirs there has none here either.
  if (!role) return "not_invited";
  if (role === person.role) return null;
  const change = { role, disabled: null, modelRoles: [] };
  const outcome = await updatePerson(runtime.db, personId, change, PROVIDER_ACTOR);
  if (outcome === "last-admin") {
    log.warn(
      { person: personId, role },
      "the identity provider takes the last administrator's role: it is kept; make somebody else one first",
    );
  }
  forgetKeys(runtime);
  return null;
}
