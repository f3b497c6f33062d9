import type { Keeper } from "@/lib/artifacts/keeper";
import { readCard } from "@/lib/cards/read-card";
import { selectCard } from "@/lib/cards/store";
import type { Database } from "@/lib/db/client";
import { reportDrift } from "@/lib/drift/report";
import { TidemarkError } from "@/lib/errors";
import { describeEvaluation } from "@/lib/evaluations/describe";
import { listEvaluations } from "@/lib/evaluations/list";
import { type RegisteredModel, registeredModel } from "@/lib/evaluations/registered-model";
import type { EvaluationSummary } from "@/lib/evaluations/schema";
import { reportPerformance } from "@/lib/performance/report";
import { reportQuality } from "@/lib/quality/report";
import { describeVersion } from "@/lib/registry/list-versions";
import type { VersionAt } from "@/lib/registry/versions";
import { getRun } from "@/lib/runs/runs";
import { canCount } from "./choose-evidence";
import { wantedPairs } from "./compute";
import type { Evidence, GateInputs, ListedEvidence, Live } from "./inputs";
import { comparePairs } from "./pairs";
import type { Gate } from "./schema";

export type From = { db: Database; keeper: Keeper };

/** Everything that the gates ask about a version, and no more than that. */
export async function gatherInputs(
  from: From,
  { champion, ...at }: VersionAt & { champion: string | null },
  gates: readonly Gate[],
  { nowMs }: { nowMs: number },
): Promise<GateInputs> {
  const { db } = from;
  const asks = (test: (gate: Gate) => boolean) => gates.some(test);
  const never: Live<never> = { report: null, why: "no gate asks for it" };
  const onEvidence = asks(
    (gate) =>
      gate.kind === "champion" ||
      gate.kind === "evidence" ||
      (gate.kind === "metric" && gate.source === "evidence"),
  );
  const live = (source: Gate["kind"]) => asks(({ kind }) => kind === source);
  const readsRun = asks((gate) => gate.kind === "metric" && gate.source === "run");
  const readsPerformance =
    live("coverage") || asks((gate) => gate.kind === "metric" && gate.source === "live");
  const [challenger, held, run, card, drift, quality, performance] = await Promise.all([
    onEvidence ? listEvidence(from, at) : [],
    champion !== null && live("champion") ? listEvidence(from, { model: at.model, version: champion }) : [],
    readsRun ? readRun(db, at) : null,
    readSavedCard(db, at),
    live("drift") ? attempt(reportDrift(db, at, { nowMs })) : never,
    live("quality") ? attempt(reportQuality(db, at, { nowMs })) : never,
    readsPerformance ? attempt(reportPerformance(db, at, { nowMs })) : never,
  ]);
  const evidence = { challenger, champion: held };
  const paired = await comparePairs(from, wantedPairs(gates, { ...at, champion, evidence }), {
    model: at.model,
    evidence: byId(evidence),
  });
  return { ...at, champion, nowMs, evidence, paired, run, card, drift, quality, performance };
}

/** Those with numbers, by their ids. */
export const byId = ({ challenger, champion }: GateInputs["evidence"]): Map<string, Evidence> =>
  new Map(
    [...challenger, ...champion]
      .filter((each): each is Evidence => each.report !== null)
      .map((each) => [each.evaluation_id, each]),
  );

/**
 * Of each dataset the latest evaluation that can count comes with its numbers. Whether one is of the version's own files
 * is told by the files of this moment: they may have been replaced since it was saved.
 */
export async function listEvidence({ db, keeper }: From, at: VersionAt): Promise<ListedEvidence[]> {
  const listed = await listEvaluations(db, at);
  const confirmed = listed.some(({ state }) => state === "confirmed");
  const registered = confirmed ? await registeredModel({ db, keeper }, at) : NOWHERE;
  const summaries = listed.map((each) => ({ ...each, belongs: belongsNow(each, registered) }));
  const counted = new Set<string>();
  return Promise.all(
    summaries.map(async (summary) => {
      const counts = canCount(summary) && !counted.has(summary.dataset);
      if (counts) counted.add(summary.dataset);
      const { evaluation_id, dataset, model_sha256, belongs, state, backend, n, created_at, created_by } =
        summary;
      return {
        evaluation_id,
        version: summary.version,
        dataset,
        model_sha256,
        belongs,
        state,
        backend,
        n,
        created_at,
        created_by,
        by_its_label: summary.by_its_label,
        n_missing_prediction: summary.n_missing_prediction,
        report: counts ? (await describeEvaluation(db, { ...at, id: evaluation_id })).report : null,
      };
    }),
  );
}

const NOWHERE: RegisteredModel = { isHere: false, sha256: null };

/**
 * null where the version's files lie elsewhere, and lay elsewhere when the evaluation was saved: only there nothing can be
 * compared. Files that lie here and are no model that was evaluated are other files.
 */
const belongsNow = (
  { model_sha256, registered_sha256 }: Pick<EvaluationSummary, "model_sha256" | "registered_sha256">,
  { isHere, sha256 }: RegisteredModel,
): boolean | null => (isHere || registered_sha256 !== null ? sha256 === model_sha256 : null);

async function readRun(db: Database, at: VersionAt): Promise<GateInputs["run"]> {
  const { run } = await describeVersion(db, at);
  if (run?.name == null) return null;
  return { run_id: run.run_id, metrics: (await getRun(db, run.run_id)).metrics };
}

async function readSavedCard(db: Database, at: VersionAt): Promise<GateInputs["card"]> {
  const saved = await selectCard(db, at, null);
  return saved ? { revision: saved.revision, card: readCard(saved.yaml).card } : { revision: 0, card: null };
}

/** A report that cannot be made fails its gate and not the request. */
async function attempt<Report>(work: Promise<Report>): Promise<Live<Report>> {
  try {
    return { report: await work };
  } catch (error) {
    if (error instanceof TidemarkError && error.code !== "store_unavailable")
      return { report: null, why: error.message };
    throw error;
  }
}
