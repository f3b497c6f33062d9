import type { ExperimentsView } from "@/components/experiments/experiments-panel";
import { runsParams } from "@/components/runs/questions";
import type { RunsView } from "@/components/runs/view";
import { browseRuns, RunsQuery } from "@/lib/experiments/browse";
import { describeExperiment, ExperimentsQuery, listExperiments } from "@/lib/experiments/list";
import { listNames } from "@/lib/experiments/names";
import { experimentQuery, experimentsQuery, namesQuery, runsQuery } from "@/lib/experiments/query";
import { ColumnNames, ExperimentPage, ExperimentSummary, RunPage } from "@/lib/experiments/schema";
import type { Answer } from "@/lib/server/prefetch";
import { viewsQuery } from "@/lib/views/query";
import { SavedViews } from "@/lib/views/schema";
import { listViews } from "@/lib/views/views";

export const experimentsAnswer = (view: ExperimentsView): Answer<ExperimentPage> => ({
  query: experimentsQuery(view),
  reply: ExperimentPage,
  verb: ({ db }) => listExperiments(db, ExperimentsQuery.parse(view)),
});

export const experimentAnswer = (experiment: string): Answer<ExperimentSummary> => ({
  query: experimentQuery(experiment),
  reply: ExperimentSummary,
  verb: ({ db }) => describeExperiment(db, experiment),
});

export const viewsAnswer = (experiment: string): Answer<SavedViews> => ({
  query: viewsQuery(experiment),
  reply: SavedViews,
  verb: ({ db }) => listViews(db, experiment),
});

export const namesAnswer = (experiment: string): Answer<ColumnNames> => ({
  query: namesQuery(experiment),
  reply: ColumnNames,
  verb: ({ db }) => listNames(db, experiment),
});

export const runsAnswer = (experiment: string, view: RunsView): Answer<RunPage> => {
  const { limit = 50, column, ...params } = runsParams(view);
  return {
    query: runsQuery(experiment, runsParams(view)),
    reply: RunPage,
    verb: ({ db }) =>
      browseRuns(db, {
        ...RunsQuery.parse({ ...params, ...(column ? { column: [...column] } : {}) }),
        experimentId: experiment,
        limit,
      }),
  };
};
