import { TidemarkError } from "@/lib/errors";
import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import { findPersonByEmail, insertDemoPerson } from "./person-store";
import { ROLES, type Role } from "./roles";

const NAMES: Record<Role, string> = {
  viewer: "Vera Viewer",
  analyst: "Ana Analyst",
  reviewer: "Rita Reviewer",
  admin: "Ada Admin",
};

const emailOf = (role: Role) => `${role}@demo.tidemark.example`;

/** The demo's people, one of each role, made on first sight. They have no password: only the demo lets them in. */
export async function makeDemoPeople({ db }: Runtime): Promise<void> {
  for (const role of ROLES) await insertDemoPerson(db, { email: emailOf(role), name: NAMES[role], role });
}

/**
 * Signs whoever asks in as the demo's person of a role.
 * @returns the headers that set the session's cookie
 * @throws TidemarkError `not_found` on every server that is no demo
 */
export async function signInDemo(runtime: Runtime, role: Role, headers: Headers): Promise<Headers> {
  if (!runtime.settings.demo)
    throw new TidemarkError("not_found", "this server is no demo: sign in on /sign-in");
  await makeDemoPeople(runtime);
  const person = await findPersonByEmail(runtime.db, emailOf(role));
  if (!person) throw new Error(`the demo has no ${role}`);
  const { headers: cookies } = await authOf(runtime).api.startSession({
    body: { personId: person.id },
    headers,
    returnHeaders: true,
  });
  return cookies;
}
