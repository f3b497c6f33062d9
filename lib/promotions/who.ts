import type { Database } from "@/lib/db/client";
import { authorizeModel, isAdmin, type Principal, type Required } from "@/lib/http/principal";
import { getPromotion } from "./report";

/** Who asks or decides: the name that is written down, and the person that four eyes are counted by. */
export type Who = {
  actor: string;
  person: string;
  /** Whether they may do what only administrators may, for a model. */
  isAdminOf: (model: string) => boolean;
};

export const whoIs = (principal: Principal): Who => ({
  actor: principal.actor,
  person: principal.actor,
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
