import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { actorWords } from "@/lib/registry/change-words";
import { getModel } from "@/lib/registry/models";
import { checkAlias } from "@/lib/registry/names";
import { registering } from "@/lib/registry/refusals";
import { insertPolicy, selectPolicy } from "./policy-store";
import type { Policy, PolicySave, PolicyTarget, Target } from "./schema";

/** What protects the stages and aliases of a model. @throws TidemarkError `not_found` */
export async function reportPolicy(db: Database, model: string): Promise<Policy> {
  await getModel(db, model);
  const found = await selectPolicy(db, model);
  return {
    model,
    revision: found?.revision ?? 0,
    saved_at: found ? new Date(found.saved_ms).toISOString() : null,
    actor: found?.actor ?? null,
    why: found?.why ?? null,
    targets: found?.targets ?? [],
  };
}

/** What protects a target; null: nothing does. */
export const ruleOf = (policy: Policy, { kind, name }: Target): PolicyTarget | null =>
  policy.targets.find((each) => each.kind === kind && each.name === name) ?? null;

/**
 * Sets what protects a model. Open requests under other gates lapse with it.
 * @throws TidemarkError `conflict` where somebody has saved another since
 */
export async function savePolicy(
  db: Database,
  model: string,
  { revision, targets, why }: PolicySave,
  actor: string,
): Promise<Policy> {
  for (const target of targets) if (target.kind === "alias") checkAlias(target.name);
  try {
    await registering(
      insertPolicy(db, model, { former: revision, targets }, { actor, why: why?.trim() || null }),
      { model },
    );
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    const latest = await selectPolicy(db, model);
    throw new TidemarkError(
      "conflict",
      latest
        ? `${actorWords(latest.actor)} saved revision ${latest.revision} of this policy at ${new Date(latest.saved_ms).toISOString()}, after the one you edited (${revision}). Nothing was saved: read it again, then decide`
        : `${model} has no policy of revision ${revision} yet. Nothing was saved: send revision 0`,
      { cause: error },
    );
  }
  return reportPolicy(db, model);
}
