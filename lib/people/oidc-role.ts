import type { OidcSettings } from "@/lib/settings";
import { ROLES, type Role } from "./roles";

/** The strongest role that the provider's claim gives; null where it gives none. */
export function oidcRoleKnown(oidc: OidcSettings, profile: Record<string, unknown>): Role | null {
  if (oidc.roleClaim === undefined) return null;
  const claim = profile[oidc.roleClaim];
  const values = Array.isArray(claim) ? claim : [claim];
  const given = values.map((value) =>
    oidc.roles.size > 0 ? oidc.roles.get(String(value)) : ROLES.find((role) => role === value),
  );
  return ROLES.findLast((role) => given.includes(role)) ?? null;
}

/** The role of somebody who comes for the first time; null lets them in only where they were invited. */
export function oidcRole(oidc: OidcSettings, profile: Record<string, unknown>): Role | null {
  return oidcRoleKnown(oidc, profile) ?? oidc.defaultRole ?? null;
}
