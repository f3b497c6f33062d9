import type { Database } from "@/lib/db/client";
import { authorizeModel, isAdmin, type Principal, type Required } from "@/lib/http/principal";
import { getPromotion } from "./report";

/** Who asks or decides. */
export type Who = {
  /** The name that is written down. */
  actor: string;
  /** What four eyes are counted by: of a person their id, since an address may change or go to somebody else. */
  person: string;
  /** Whether that is a person, at a page or by a key of theirs; a service decides nothing. */
  isPerson: boolean;
  /** Whether they may do what only administrators may, for a model. */
  isAdminOf: (model: string) => boolean;
};

export const whoIs = (principal: Principal): Who => ({
  actor: principal.actor,
  person: principal.person ? `person:${principal.person.id}` : principal.actor,
  isPerson: principal.person !== undefined,
  isAdminOf: (model) => isAdmin(principal, model),
});

/** Asks a person for the role that they have for the model of a promotion. @throws TidemarkError `forbidden` */
export async function authorizePromotion(
  db: Database,
  id: string,
  principal: Principal,
  required: Required,
): Promise<void> {
  if (principal.person) authorizeModel(principal, required, (await getPromotion(db, id)).model);
}
