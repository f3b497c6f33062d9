import { keeperOf } from "@/lib/artifacts/runtime";
import { listDatasets } from "@/lib/datasets/describe";
import { datasetsQuery } from "@/lib/datasets/query";
import { DatasetsReply } from "@/lib/datasets/schema";
import { listEvaluations } from "@/lib/evaluations/list";
import { describeModelFiles } from "@/lib/evaluations/mapping";
import { evaluationsQuery, modelFilesQuery } from "@/lib/evaluations/query";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { EvaluationsReply, ModelFilesReply } from "@/lib/evaluations/schema";
import type { VersionAddress } from "@/lib/models/address";
import type { Answer } from "@/lib/server/prefetch";

export const evaluationsAnswer = (address: VersionAddress): Answer<EvaluationsReply> => ({
  query: evaluationsQuery(address),
  reply: EvaluationsReply,
  verb: async (runtime) => ({
    evaluations: await listEvaluations(runtime.db, address, repeaterOf(runtime)),
  }),
});

export const modelFilesAnswer = (address: VersionAddress): Answer<ModelFilesReply> => ({
  query: modelFilesQuery(address),
  reply: ModelFilesReply,
  verb: (runtime) => describeModelFiles({ db: runtime.db, keeper: keeperOf(runtime) }, address),
});

export const datasetsAnswer = (model: string): Answer<DatasetsReply> => ({
  query: datasetsQuery(model),
  reply: DatasetsReply,
  verb: ({ db }) => listDatasets(db, model),
});
