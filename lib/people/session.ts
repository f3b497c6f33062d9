import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import { type ActingPerson, findActingPerson } from "./person-store";
import { IDLE_MS, NOTED_MS } from "./session-limits";
import { noteUse } from "./session-store";

export type SignedIn = { person: ActingPerson; sessionId: string };

/**
 * Whose session a request's cookie is, asked of the store each time: what ended there is over at once. A session lasts
 * on while it is used, up to LONGEST_MS.
 */
export async function findSignedIn(
  runtime: Runtime,
  headers: Headers,
  now: number = Date.now(),
): Promise<SignedIn | null> {
  const held = await authOf(runtime).api.getSession({ headers });
  if (!held) return null;
  const unusedMs = now - held.session.updatedAt.getTime();
  if (unusedMs >= IDLE_MS) return null;
  const person = await findActingPerson(runtime.db, held.user.id);
  if (!person) return null;
  if (unusedMs >= NOTED_MS) await noteUse(runtime.db, held.session.id);
  return { person, sessionId: held.session.id };
}
