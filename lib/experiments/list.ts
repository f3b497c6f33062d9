import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { experimentNumber } from "@/lib/runs/experiment-store";
import { experimentNotFound } from "@/lib/runs/store-errors";
import {
  behind,
  fromToken,
  orderBy,
  positionOf,
  questionOf,
  type SortKey,
  toToken,
} from "@/lib/search/keyset";
import { EXPERIMENT_SORTS } from "./order";
import type { ExperimentPage, ExperimentSummary } from "./schema";
import { type ExperimentRecord, selectCounted } from "./store";

export const ExperimentsQuery = z.object({
  /** Part of a name. */
  q: z.string().max(500).optional(),
  sort: z.enum(EXPERIMENT_SORTS).default("updated"),
  order: z.enum(["asc", "desc"]).default("desc"),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2000).optional(),
});
export type ExperimentsQuery = z.output<typeof ExperimentsQuery>;

/** A page of the experiments that are not deleted, with the counts of their runs. */
export async function listExperiments(
  db: Database,
  { q = "", sort, order, limit, cursor }: ExperimentsQuery,
): Promise<ExperimentPage> {
  const keys: SortKey[] = [
    { expression: sql.raw(`e.${sort}`), type: sort === "name" ? "text" : "int8", direction: order },
    { expression: sql`e.experiment_id`, type: "int8", direction: "desc" },
  ];
  const question = questionOf("experiment list", q, sort, order);
  const position = fromToken(cursor, question, keys.length);
  const named = q === "" ? sql`true` : sql`strpos(lower(e.name), lower(${q}::text)) > 0`;
  const found = await select(db, sql`e.lifecycle_stage = 'active' AND ${named}`, keys, position, limit + 1);
  const page = found.slice(0, limit);
  return {
    experiments: page.map(toSummary),
    next_cursor: found.length > limit ? toToken(question, page.at(-1)!.position) : null,
  };
}

/** One experiment, a deleted one too. @throws TidemarkError `not_found` */
export async function describeExperiment(db: Database, id: string): Promise<ExperimentSummary> {
  const number = experimentNumber(id);
  if (number === null) throw experimentNotFound(id);
  const keys: SortKey[] = [{ expression: sql`e.experiment_id`, type: "int8", direction: "asc" }];
  const [found] = await select(db, sql`e.experiment_id = ${number}::int`, keys, null, 1);
  if (!found) throw experimentNotFound(id);
  return toSummary(found);
}

const select = (
  db: Database,
  condition: SQL,
  keys: readonly SortKey[],
  position: string[] | null,
  limit: number,
) =>
  selectCounted(db, {
    condition: sql`${condition} AND ${behind(keys, position)}`,
    order: orderBy(keys),
    position: positionOf(keys),
    limit,
  });

const toSummary = ({ created_ms, updated_ms, ...record }: ExperimentRecord): ExperimentSummary => ({
  experiment_id: record.experiment_id,
  name: record.name,
  lifecycle_stage: record.lifecycle_stage,
  created_at: moment(created_ms),
  updated_at: moment(updated_ms),
  runs: record.runs,
  running: record.running,
  failed: record.failed,
  tags: record.tags,
});

const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Clients choose times freely; what no calendar knows is written as its nearest end. */
export const moment = (ms: number): string =>
  new Date(Math.min(Math.max(ms, -62167219200000), LAST_MS)).toISOString();
export const momentOrNull = (ms: number | null): string | null => (ms === null ? null : moment(ms));
