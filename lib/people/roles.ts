/** What a person may do, weakest first; each may do what those before it may. */
export const ROLES = ["viewer", "analyst", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);
