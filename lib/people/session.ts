import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import { type ActingPerson, findActingPerson } from "./person-store";

export type SignedIn = { person: ActingPerson; sessionId: string };

/** Whose session a request's cookie is, asked of the store each time: what ended there is over at once. */
export async function findSignedIn(runtime: Runtime, headers: Headers): Promise<SignedIn | null> {
  const held = await authOf(runtime).api.getSession({ headers });
  if (!held) return null;
  const person = await findActingPerson(runtime.db, held.user.id);
  return person ? { person, sessionId: held.session.id } : null;
}
