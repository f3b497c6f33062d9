import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { experimentNumber } from "@/lib/runs/experiment-store";
import { experimentNotFound } from "@/lib/runs/store-errors";
import { orderBy, positionOf, questionOf, type SortKey } from "@/lib/search/keyset";
import { readPage } from "@/lib/search/page";
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
  const named = q === "" ? sql`true` : sql`strpos(lower(e.name), lower(${q}::text)) > 0`;
  const { rows, next_page_token } = await readPage((page) => selectCounted(db, page), {
    condition: sql`e.lifecycle_stage = 'active' AND ${named}`,
    keys,
    question: questionOf("experiment list", q, sort, order),
    pageToken: cursor,
    maxResults: limit,
  });
  return { experiments: rows.map(toSummary), next_cursor: next_page_token };
}

/** One experiment, a deleted one too. @throws TidemarkError `not_found` */
export async function describeExperiment(db: Database, id: string): Promise<ExperimentSummary> {
  const number = experimentNumber(id);
  if (number === null) throw experimentNotFound(id);
  const keys: SortKey[] = [{ expression: sql`e.experiment_id`, type: "int8", direction: "asc" }];
  const [found] = await selectCounted(db, {
    condition: sql`e.experiment_id = ${number}::int`,
    order: orderBy(keys),
    position: positionOf(keys),
    limit: 1,
  });
  if (!found) throw experimentNotFound(id);
  return toSummary(found);
}

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
