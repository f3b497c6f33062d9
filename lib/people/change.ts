import { TidemarkError } from "@/lib/errors";
import { forgetKeys } from "@/lib/keys/authenticate";
import type { Runtime } from "@/lib/server/runtime";
import { deleteInvitation } from "./link-store";
import { selectPeople, updatePerson } from "./person-store";
import { type Person, PersonChange } from "./schema";
import { deleteSessions } from "./session-store";

/**
 * Changes what a person may do; it holds with the next request, of their keys within 5 seconds on other servers.
 * @throws TidemarkError `not_found`; `conflict` for the last administrator; `bad_request` for a model there is not
 */
export async function changePerson(
  runtime: Runtime,
  id: string,
  change: PersonChange,
  actor: string,
): Promise<Person> {
  const { role, disabled, model_roles } = PersonChange.parse(change);
  const outcome = await updatePerson(
    runtime.db,
    id,
    { role: role ?? null, disabled: disabled ?? null, modelRoles: model_roles ?? [] },
    actor,
  );
  if (outcome === "last-admin") {
    throw new TidemarkError("conflict", "this is the last administrator: make somebody else one first");
  }
  if (outcome === "no-model") {
    const names = (model_roles ?? []).map(({ model }) => JSON.stringify(model)).join(", ");
    throw new TidemarkError("bad_request", `body.model_roles: not all of ${names} are models here`);
  }
  forgetKeys(runtime);
  return describePerson(runtime, id);
}

/** Ends every session of a person. @throws TidemarkError `not_found` */
export async function signOutEverywhere(runtime: Runtime, personId: string, actor: string): Promise<Person> {
  await describePerson(runtime, personId);
  await deleteSessions(runtime.db, { personId, actor });
  return describePerson(runtime, personId);
}

/** @throws TidemarkError `not_found` for an invitation that was used, has lapsed or never was */
export async function withdrawInvitation(
  { db }: Pick<Runtime, "db">,
  id: string,
  actor: string,
): Promise<{ done: true }> {
  if (await deleteInvitation(db, id, actor)) return { done: true };
  throw new TidemarkError(
    "not_found",
    `there is no invitation ${JSON.stringify(id.slice(0, 80))} to take back`,
  );
}

async function describePerson({ db }: Pick<Runtime, "db">, id: string): Promise<Person> {
  const [person] = await selectPeople(db, id);
  if (person) return person;
  throw new TidemarkError(
    "not_found",
    `there is no person ${JSON.stringify(id.slice(0, 80))}: GET /api/v1/people lists them with their ids`,
  );
}
