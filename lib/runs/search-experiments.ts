import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import { attributeOrder, compareAttribute, type Searched, sortBy } from "@/lib/search/attribute-search";
import { toCondition } from "@/lib/search/conditions";
import { questionOf } from "@/lib/search/keyset";
import { readPage } from "@/lib/search/page";
import { parseFilter } from "@/lib/search/parse";
import { selectExperiments } from "./experiment-store";
import { checkMaxResults, LIMITS } from "./limits";
import type { Experiment, Page, ViewType } from "./schema";
import { inView } from "./view";

const experimentId = { column: sql`e.experiment_id`, type: "int8" } as const;
const created = { column: sql`e.creation_time`, type: "int8" } as const;

const EXPERIMENTS: Searched = {
  noun: "experiments",
  prefixes: ["attribute", "attributes", "attr", "experiment"],
  attributes: {
    name: { column: sql`e.name`, type: "text" },
    experiment_id: experimentId,
    creation_time: created,
    last_update_time: { column: sql`e.last_update_time`, type: "int8" },
    created,
  },
  tags: sql`SELECT 1 FROM experiment_tag t WHERE t.experiment_id = e.experiment_id`,
  standard: [sortBy(created, "desc"), sortBy(experimentId, "asc")],
  tie: [sortBy(experimentId, "desc")],
};

export type ExperimentSearch = {
  filter?: string;
  orderBy?: readonly string[];
  view?: ViewType;
  maxResults?: number;
  pageToken?: string | null;
};

/** A page of the experiments that a filter lets through, the latest made first unless an order is given. */
export async function searchExperiments(
  db: Database,
  {
    filter = "",
    orderBy: orderings = [],
    view = "ACTIVE_ONLY",
    maxResults = 1000,
    pageToken,
  }: ExperimentSearch,
): Promise<Page<Experiment>> {
  checkMaxResults(maxResults, LIMITS.experimentsPerSearch);
  return readPage((page) => selectExperiments(db, page), {
    condition: sql`${inView("e", view)} AND ${toCondition(parseFilter(filter), (comparison) => compareAttribute(EXPERIMENTS, comparison))}`,
    keys: attributeOrder(EXPERIMENTS, orderings),
    question: questionOf(EXPERIMENTS.noun, filter, orderings, view),
    pageToken,
    maxResults,
  });
}
