import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { listEvaluations } from "@/lib/evaluations/list";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { saveEvaluation } from "@/lib/evaluations/save";
import { Evaluation, EvaluationSave, EvaluationsReply } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({ model: ModelName, version: VersionName });
const path = "/api/v1/models/{model}/versions/{version}/evaluations";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "The evaluations that were kept of a version, the latest first",
    params,
    reply: EvaluationsReply,
  },
  async ({ runtime, params }) => ({
    evaluations: await listEvaluations(runtime.db, params, repeaterOf(runtime)),
  }),
);

export const POST = handle(
  {
    method: "POST",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Keep an evaluation as evidence; the server repeats it in the background",
    description:
      "The model's files and the outcome are sent before, each to …/evaluations/files/{sha256}. The evaluation is unconfirmed until the server has computed the same scores and numbers from the same files.",
    params,
    body: EvaluationSave,
    reply: Evaluation,
    status: 201,
  },
  async ({ runtime, params, body, principal }) => {
    const repeater = repeaterOf(runtime);
    const saved = await saveEvaluation(
      { db: runtime.db, keeper: keeperOf(runtime) },
      params,
      body,
      principal.actor,
    );
    repeater.add({ model: saved.model, version: saved.version, id: saved.evaluation_id });
    return { ...saved, repeat: repeater.standing(saved.evaluation_id) };
  },
);
