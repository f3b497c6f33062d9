import type { Database } from "@/lib/db/client";
import { experimentNumber } from "@/lib/runs/experiment-store";
import { experimentNotFound } from "@/lib/runs/store-errors";
import type { ColumnNames } from "./schema";
import { selectNames } from "./store";

const MOST_NAMES = 10_000;

/** The names of metrics, params and tags that runs of an experiment have, in the order of their bytes. */
export async function listNames(db: Database, experimentId: string): Promise<ColumnNames> {
  const number = experimentNumber(experimentId);
  if (number === null) throw experimentNotFound(experimentId);
  const [metrics, params, tags] = await Promise.all(
    (["metrics", "params", "tags"] as const).map((kind) => selectNames(db, number, kind, MOST_NAMES + 1)),
  );
  const all = [metrics!, params!, tags!];
  const [m, p, t] = all.map((names) => names.slice(0, MOST_NAMES));
  return { metrics: m!, params: p!, tags: t!, truncated: all.some((names) => names.length > MOST_NAMES) };
}
