import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { promotionHref } from "./address";
import { expiryOf, judgeGates, usedEvidence } from "./compute";
import { type From, gatherInputs } from "./gather";
import { reportPolicy, ruleOf } from "./policy";
import type { GateCheck, Target } from "./schema";
import { selectHeld, selectOpen } from "./store";

/**
 * How a version stands against what protects a target, now. Changes nothing.
 * @throws TidemarkError `not_found` for the model or the version
 */
export async function checkGates(
  from: From,
  at: VersionAt,
  target: Target,
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<GateCheck> {
  const { db } = from;
  const { model, version } = await getModelVersion(db, at);
  const [policy, champion, open] = await Promise.all([
    reportPolicy(db, model),
    selectHeld(db, { model, version }, target),
    selectOpen(db, { model, version }, target),
  ]);
  const rule = ruleOf(policy, target);
  const gates = rule?.gates ?? [];
  const inputs = await gatherInputs(from, { model, version, champion }, gates, { nowMs });
  const results = judgeGates(gates, inputs);
  const expiresMs = expiryOf(gates, inputs);
  return {
    model,
    version,
    target,
    protected: rule !== null,
    policy_revision: policy.revision,
    approvals: rule?.approvals ?? 0,
    champion,
    passed: results.every(({ passed }) => passed),
    gates: results,
    evidence: usedEvidence(gates, inputs).map(({ report: _, ...each }) => each),
    expires_at: expiresMs === null ? null : new Date(expiresMs).toISOString(),
    judged_at: new Date(nowMs).toISOString(),
    open: open === null ? null : { promotion_id: open, url: promotionHref(open) },
  };
}
