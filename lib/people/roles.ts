/** What a person may do, weakest first; each may do what those before it may. */
export const ROLES = ["viewer", "analyst", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);

/** A person as rights are judged: a role, and other ones for some models. */
export type Rights = { role: Role; model_roles: readonly { model: string; role: Role }[] };

/** What somebody may do with a model, or where no model is meant. */
export function roleFor({ role, model_roles }: Rights, model?: string): Role {
  return model_roles.find((each) => each.model === model)?.role ?? role;
}

/** The most that somebody may do with any model. */
export const strongestRole = ({ role, model_roles }: Rights): Role =>
  ROLES.findLast((each) => each === role || model_roles.some((held) => held.role === each)) ?? role;
