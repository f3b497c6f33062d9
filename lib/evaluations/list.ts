import type { Database } from "@/lib/db/client";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import type { EvaluationSummary } from "./schema";
import { selectEvaluations } from "./store";
import { type Queue, toSummary } from "./summary";

const MOST = 200;

/** Of one version, the latest first, at most 200. @throws TidemarkError `not_found` for the version */
export async function listEvaluations(
  db: Database,
  at: VersionAt,
  queue: Queue | null = null,
): Promise<EvaluationSummary[]> {
  const { model, version } = await getModelVersion(db, at);
  return (await selectEvaluations(db, { model, version }, MOST)).map((row) => toSummary(row, queue));
}
