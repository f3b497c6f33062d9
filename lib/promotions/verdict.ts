import { listWords, plural } from "@/lib/charts/format";
import { actorWords } from "@/lib/registry/change-words";
import { targetWords } from "./address";
import type { GateCheck, Promotion } from "./schema";

const failedNames = (gates: GateCheck["gates"]) =>
  gates.filter(({ passed }) => !passed).map(({ name }) => name);

/** "All 6 gates pass", "2 of 6 gates fail: AUC, drift of the last window". */
export function gatesWords(gates: GateCheck["gates"]): string {
  if (gates.length === 0) return "There is no gate to pass";
  const failed = failedNames(gates);
  if (failed.length === 0)
    return gates.length === 1 ? "The one gate passes" : `All ${gates.length} gates pass`;
  if (gates.length === 1) return `The one gate fails: ${failed[0]}`;
  return `${failed.length} of ${plural(gates.length, "gate")} ${failed.length === 1 ? "fails" : "fail"}: ${listWords(failed, 3)}`;
}

/** Whether a version could be promoted now, before it is asked for. */
export function checkVerdict({
  protected: isProtected,
  gates,
  approvals,
  model,
  version,
  target,
}: GateCheck): string {
  const into = targetWords(target);
  if (!isProtected)
    return `Nothing protects ${into} of ${model}: version ${version} can be moved there directly.`;
  if (failedNames(gates).length > 0) return `${gatesWords(gates)}.`;
  const after =
    approvals === 0
      ? `; nobody has to approve, so version ${version} moves to ${into} as soon as it is asked for`
      : `; ${plural(approvals, "person has", "people have")} to approve`;
  return `${gatesWords(gates)}${after}.`;
}

/** A request in one sentence: what the gates say, and what is left to do or was done. */
export function promotionVerdict({
  state,
  state_why,
  decided_by,
  version,
  target,
  champion,
  snapshot,
  approvals,
}: Promotion): string {
  const into = targetWords(target);
  const gates = gatesWords(snapshot.gates);
  const by = decided_by ? ` by ${actorWords(decided_by)}` : "";
  switch (state) {
    case "open": {
      if (!snapshot.passed) return `${gates}. It cannot be approved as it is.`;
      const left = approvals.needed - approvals.given;
      const moves = `version ${version} ${champion ? `takes the place of version ${champion} in` : "goes to"} ${into}`;
      return `${gates}: ${moves} when ${left === 1 ? "one more person approves" : `${left} more people approve`}.`;
    }
    case "promoted":
      return `Promoted${by}: version ${version} went to ${into}.`;
    case "refused":
      return `Refused${by}: ${state_why}`;
    case "withdrawn":
      return `Withdrawn${by}: ${state_why}`;
    case "lapsed":
      return `Lapsed, since ${state_why}. Ask anew.`;
  }
}
