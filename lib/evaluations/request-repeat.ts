import { recordAudit } from "@/lib/audit/record";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getEvaluation } from "./describe";
import type { Repeater } from "./repeater";
import type { EvaluationAt } from "./store";

/** Puts an evaluation into the server's queue. @throws TidemarkError `not_found` */
export async function requestRepeat(
  db: Database,
  repeater: Repeater,
  at: EvaluationAt,
  actor: string,
): Promise<void> {
  const { model, version, state } = await getEvaluation(db, at);
  await recordAudit(db, {
    actor,
    action: "evaluation.repeat",
    subject: `version:${model}/${version}`,
    before: { evaluation: at.id, state },
    after: null,
  });
  repeater.add({ model, version, id: at.id });
}

/** @throws TidemarkError `not_found`, `conflict` where none waits or runs */
export async function cancelRepeat(
  db: Database,
  repeater: Repeater,
  at: EvaluationAt,
  actor: string,
): Promise<void> {
  const { model, version, state } = await getEvaluation(db, at);
  if (await repeater.cancel({ model, version, id: at.id }, actor)) return;
  throw new TidemarkError(
    "conflict",
    `no repetition of the evaluation ${at.id} is waiting or running: it is ${state}; reload the page`,
  );
}
