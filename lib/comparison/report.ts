import { z } from "zod";
import type { Keeper } from "@/lib/artifacts/keeper";
import { reportCard } from "@/lib/cards/report";
import { formatWindow, listWords, plural } from "@/lib/charts/format";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { reportLineage } from "@/lib/lineage/report";
import type { Health } from "@/lib/models/schema";
import { reportPerformance } from "@/lib/performance/report";
import { describeVersion } from "@/lib/registry/list-versions";
import type { VersionAt } from "@/lib/registry/versions";
import { getRun } from "@/lib/runs/runs";
import { type ComparedVersion, compareVersions } from "./compute";
import { keptSignature } from "./kept-signature";
import type { Comparison } from "./schema";

export const MOST_COMPARED = 8;

export const CompareQuery = z.object({
  version: z.preprocess(
    (value) => (typeof value === "string" ? [value] : value),
    z
      .array(z.string().min(1).max(200), "expected version=… once for each version")
      .min(1)
      .max(MOST_COMPARED, `expected at most ${MOST_COMPARED} versions`),
  ),
});

/**
 * Versions of a model side by side: registry, metrics and params of their runs, signatures, cards, live performance.
 * @throws TidemarkError `not_found` for the model or one of the versions
 */
export async function reportComparison(
  { db, keeper }: { db: Database; keeper: Keeper },
  { model, versions }: { model: string; versions: readonly string[] },
): Promise<Comparison> {
  const named = [...new Set(versions)];
  if (named.length === 0)
    throw new TidemarkError("bad_request", "name the versions to compare: version=1&version=2");
  const compared = await Promise.all(named.map((version) => readVersion({ db, keeper }, { model, version })));
  return {
    model,
    versions: compared.map(({ record }) => ({
      version: record.version,
      run_id: record.run?.name == null ? null : record.run.run_id,
    })),
    sections: compareVersions(compared),
  };
}

async function readVersion(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: VersionAt,
): Promise<ComparedVersion> {
  const record = await describeVersion(db, at);
  const [lineage, run, card, signature] = await Promise.all([
    reportLineage(db, at),
    record.run?.name == null ? null : getRun(db, record.run.run_id),
    reportCard(db, at),
    keptSignature({ db, keeper }, at),
  ]);
  return {
    record,
    run,
    signature,
    card: card.revision === 0 ? null : card.card,
    live: lineage.predictions === 0 ? null : await readLive(db, at, lineage.health),
  };
}

async function readLive(
  db: Database,
  at: VersionAt,
  health: Health | null,
): Promise<ComparedVersion["live"]> {
  const { window, n, labelled, metrics } = await reportPerformance(db, at);
  return { window: formatWindow(window), predictions: n, labelled, metrics, drift: driftWords(health) };
}

function driftWords(health: Health | null): string {
  if (!health || health.drift_detected === null) return "not tested";
  if (!health.drift_detected) return "nothing moved";
  return `${listWords(health.drifted_features)} moved, of ${plural(health.tested_features, "feature")}`;
}
