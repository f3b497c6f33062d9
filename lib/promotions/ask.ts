import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { selectCard } from "@/lib/cards/store";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { listEvaluations } from "@/lib/evaluations/list";
import { checkAlias } from "@/lib/registry/names";
import { registering } from "@/lib/registry/refusals";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { promotionHref, targetWords } from "./address";
import { checkGates } from "./check";
import { compareWithChampion } from "./comparison";
import { type FilesState, readFilesState } from "./files-digest";
import type { From } from "./gather";
import { reportPolicy } from "./policy";
import { describePromotion } from "./report";
import type { GateCheck, Promotion, PromotionAsk, Snapshot, Target } from "./schema";
import { reportShadow } from "./shadow";
import { insertPromotion, type Mark, selectHeld, selectMark, selectOpen } from "./store";
import type { Who } from "./who";

/** What happens to a version while its gates are judged is rare; twice in a row it is a quarrel. */
const ATTEMPTS = 3;

/**
 * Asks for a stage or an alias: gates are judged and frozen with the evidence, the champion and the policy that they
 * rest on. Where nobody has to approve and every gate has passed, it is carried out at once.
 * @throws TidemarkError `bad_request` where nothing protects the target; `conflict` where the same is asked for already,
 * the version is there already, or the server is still repeating its evaluation
 */
export async function askPromotion(
  from: From,
  { model: name, version: of, target, reason, archive_existing_versions: archive }: PromotionAsk,
  who: Who,
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<Promotion> {
  const { db } = from;
  if (target.kind === "alias") checkAlias(target.name);
  const { model, version, stage, aliases } = await getModelVersion(db, { model: name, version: of });
  const at = { model, version };
  if (target.kind === "stage" ? stage === target.name : aliases.includes(target.name))
    throw new TidemarkError(
      "conflict",
      `version ${version} of ${model} has ${targetWords(target)} already: there is nothing to ask for`,
      { details: [{ already: true }] },
    );
  for (let attempt = 1; ; attempt++) {
    const basis = await takeBasis(from, at, target);
    const check = await checkGates(from, at, target, { nowMs });
    if (!check.protected) throw notProtected(at, target);
    if (check.open) throw askedAlready(at, target, check.open.promotion_id);
    await refuseWhileRepeating(from, check);
    const snapshot = await freeze(from, check, basis);
    const id = randomUUID();
    try {
      if (!restsOn(basis, check, snapshot) || !isDeepStrictEqual(basis, await takeBasis(from, at, target)))
        throw changedMeanwhile(at, target);
      await registering(
        insertPromotion(
          db,
          {
            ...at,
            id,
            target,
            archive: archive && target.kind === "stage",
            reason,
            snapshot,
            passed: check.passed,
            evidence: check.evidence.map(({ evaluation_id }) => evaluation_id),
            mark: { ...basis.mark, evidence: statesOf(check) },
            expiresAt: check.expires_at,
          },
          who,
        ),
        at,
      );
    } catch (error) {
      if (sqlState(error) === "TM042") throw notProtected(at, target, error);
      const stale = sqlState(error) === "TM041" ? changedMeanwhile(at, target, error) : error;
      if (!(stale instanceof TidemarkError && stale.code === "conflict")) throw error;
      const other = await selectOpen(db, at, target);
      if (other) throw askedAlready(at, target, other, error);
      if (attempt === ATTEMPTS) throw stale;
      continue;
    }
    return describePromotion(db, id, who);
  }
}

/** What a request will rest on, taken before its gates are judged: what changes while they are is seen by it. */
type Basis = {
  /** Without evidence: which counts, judging tells. */
  mark: Mark;
  policyRevision: number;
  champion: string | null;
  files: FilesState | null;
};

async function takeBasis({ db, keeper }: From, at: VersionAt, target: Target): Promise<Basis> {
  const [mark, { revision }, champion, files] = await Promise.all([
    selectMark(db, at, target, []),
    reportPolicy(db, at.model),
    selectHeld(db, at, target),
    readFilesState({ db, keeper }, at),
  ]);
  return { mark, policyRevision: revision, champion, files };
}

/** Whether the rule, the champion and the card that were judged and frozen are those of the basis. */
const restsOn = (
  { mark, policyRevision, champion }: Basis,
  check: GateCheck,
  { card }: Pick<Snapshot, "card">,
): boolean =>
  check.policy_revision === policyRevision &&
  check.champion === champion &&
  (card?.revision ?? 0) === mark.card;

/** The states that were judged, which need not be those of a moment later. */
const statesOf = ({ evidence }: GateCheck) =>
  Object.fromEntries(evidence.map(({ evaluation_id, state }) => [evaluation_id, state]));

async function freeze(from: From, check: GateCheck, { files }: Basis): Promise<Snapshot> {
  const at: VersionAt = check;
  const { champion } = check;
  const [comparison, shadow, card] = await Promise.all([
    compareWithChampion(from, { ...at, champion }),
    champion === null ? null : reportShadow(from.db, { ...at, champion }),
    selectCard(from.db, at, null),
  ]);
  const { model: _, version: __, target: ___, open: ____, ...kept } = check;
  return {
    ...kept,
    comparison,
    shadow,
    card: card && {
      revision: card.revision,
      yaml_sha256: createHash("sha256").update(card.yaml).digest("hex"),
    },
    files_sha256: files?.sha256 ?? null,
  };
}

/** A gate that waits for evidence would be frozen as failed, a moment before it passes. */
async function refuseWhileRepeating({ db }: From, { gates, ...at }: GateCheck): Promise<void> {
  const waits = gates.some(
    ({ gate, passed }) =>
      !passed &&
      (gate.kind === "champion" ||
        gate.kind === "evidence" ||
        (gate.kind === "metric" && gate.source === "evidence")),
  );
  if (!waits) return;
  const [latest] = await listEvaluations(db, at);
  if (latest?.state === "unconfirmed" && latest.checked_at === null)
    throw new TidemarkError(
      "conflict",
      `the server has not repeated the latest evaluation of version ${at.version} yet (${latest.evaluation_id}), and the gates count confirmed evidence alone: ask again when it is confirmed`,
    );
}

const notProtected = ({ model, version }: VersionAt, target: Target, cause?: unknown) =>
  new TidemarkError(
    "bad_request",
    `nothing protects ${targetWords(target)} of ${model}: move version ${version} there directly, or set gates or approvals for it in the model's policy`,
    { cause },
  );

const changedMeanwhile = ({ model, version }: VersionAt, target: Target, cause?: unknown) =>
  new TidemarkError(
    "conflict",
    `version ${version} of ${model}, its files, its gates or what ${targetWords(target)} holds are being changed at this moment: ask again`,
    { cause },
  );

const askedAlready = ({ model, version }: VersionAt, target: Target, id: string, cause?: unknown) =>
  new TidemarkError(
    "conflict",
    `${targetWords(target)} is asked for already for version ${version} of ${model}: ${promotionHref(id)}`,
    { details: [{ promotion_id: id, url: promotionHref(id) }], cause },
  );
