import { TidemarkError } from "@/lib/errors";
import type { Principal } from "@/lib/http/principal";
import type { Runtime } from "@/lib/server/runtime";
import { authOf } from "./auth";
import { writePassword } from "./password-store";
import type { Account } from "./schema";
import { deleteSession, deleteSessions, selectSessions } from "./session-store";
import { countTry } from "./sign-in-limit";

/** The person of a session; routes of the scope "person" let nobody else in. */
function signedIn({ person, sessionId }: Principal) {
  if (person && sessionId) return { person, sessionId };
  throw new TidemarkError(
    "unauthenticated",
    "this needs somebody who is signed in: sign in on the page /sign-in",
  );
}

/** Who is signed in, and where else. */
export async function describeAccount(runtime: Runtime, principal: Principal): Promise<Account> {
  const { person, sessionId } = signedIn(principal);
  const [sessions, password] = await Promise.all([
    selectSessions(runtime.db, person.id),
    findPassword(runtime, person.id),
  ]);
  const { email, name, role, model_roles } = person;
  return {
    email,
    name,
    role,
    model_roles,
    sessions: sessions.map((session) => ({ ...session, current: session.id === sessionId })),
    has_password: password !== null,
  };
}

/** @throws TidemarkError `not_found` for a session that is not the person's */
export async function endSession(
  runtime: Runtime,
  principal: Principal,
  sessionId: string,
): Promise<Account> {
  const { person } = signedIn(principal);
  if (!(await deleteSession(runtime.db, { personId: person.id, sessionId, actor: principal.actor }))) {
    throw new TidemarkError("not_found", "this session has ended already, or is not yours");
  }
  return describeAccount(runtime, principal);
}

export async function endOtherSessions(runtime: Runtime, principal: Principal): Promise<Account> {
  const { person, sessionId } = signedIn(principal);
  await deleteSessions(runtime.db, { personId: person.id, except: sessionId, actor: principal.actor });
  return describeAccount(runtime, principal);
}

/**
 * Sets a new password; the person's other sessions and unused links to a new password end.
 * @throws TidemarkError `forbidden` where `current` is not the password, or the person has none; `conflict` where it
 * was changed at the same moment
 */
export async function changePassword(
  runtime: Runtime,
  principal: Principal,
  { current, password, from }: { current: string; password: string; from: string },
): Promise<Account> {
  const { person, sessionId } = signedIn(principal);
  await countTry(runtime.db, { email: `password ${person.email}`, from });
  const context = await authOf(runtime).$context;
  const hash = await findPassword(runtime, person.id);
  if (hash === null || !(await context.password.verify({ hash, password: current }))) {
    throw new TidemarkError("forbidden", "body.current: this is not your password");
  }
  const written = await writePassword(runtime.db, {
    personId: person.id,
    sessionId,
    former: hash,
    password: await context.password.hash(password),
    actor: principal.actor,
  });
  if (!written) {
    throw new TidemarkError("conflict", "your password was changed meanwhile: sign in with the new one");
  }
  return describeAccount(runtime, principal);
}

async function findPassword(runtime: Runtime, personId: string): Promise<string | null> {
  const context = await authOf(runtime).$context;
  const accounts = await context.internalAdapter.findAccounts(personId);
  return accounts.find(({ providerId }) => providerId === "credential")?.password ?? null;
}
