import type { Runtime } from "@/lib/server/runtime";
import { selectInvitations } from "./link-store";
import { selectPeople } from "./person-store";
import type { People } from "./schema";

/** Everybody, those shut out too, by name, and who was invited and has not come yet. */
export async function listPeople({ db, settings }: Pick<Runtime, "db" | "settings">): Promise<People> {
  const [people, invitations] = await Promise.all([selectPeople(db), selectInvitations(db)]);
  return { people, invitations, mail: settings.smtpUrl !== undefined };
}
