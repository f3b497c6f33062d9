import { describeModel, listModels } from "@/lib/fleet/list";
import { modelQuery, modelsQuery } from "@/lib/models/query";
import { ModelList, ModelSummary } from "@/lib/models/schema";
import type { Answer } from "@/lib/server/prefetch";

export const modelsAnswer = (): Answer<ModelList> => ({
  query: modelsQuery(),
  reply: ModelList,
  verb: ({ db }) => listModels(db),
});

export const modelAnswer = (model: string): Answer<ModelSummary> => ({
  query: modelQuery(model),
  reply: ModelSummary,
  verb: ({ db }) => describeModel(db, model),
});
