import { bringFiles, type Job, orSkip, toNumber, toPairs } from "./job";
import type { SourceLoggedModel } from "./source";

const STATUS = {
  1: "LOGGED_MODEL_PENDING",
  2: "LOGGED_MODEL_READY",
  3: "LOGGED_MODEL_UPLOAD_FAILED",
} as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

/** A model as training code logged it (MLflow 3), under its own id, with params, tags, metrics and files. */
export async function bringLoggedModels(
  job: Job,
  { info, data }: SourceLoggedModel,
  experimentId: string,
): Promise<void> {
  const created = toNumber(info.creation_timestamp_ms) ?? 0;
  const status = STATUS[info.status as keyof typeof STATUS] ?? (info.status as Status | undefined);
  const receipt = await orSkip(job, "logged models", info.model_id, () =>
    job.target.put({
      kind: "logged_model",
      model_id: info.model_id,
      experiment_id: experimentId,
      name: info.name ?? "",
      status: status ?? "LOGGED_MODEL_READY",
      status_message: info.status_message || null,
      model_type: info.model_type || null,
      source_run_id: info.source_run_id || null,
      artifact_uri: job.places.moved(info.artifact_uri ?? ""),
      creation_time: created,
      last_update_time: toNumber(info.last_updated_timestamp_ms) ?? created,
      params: toPairs(data?.params),
      tags: toPairs(info.tags),
      metrics: (data?.metrics ?? []).map((metric) => ({
        key: metric.key,
        value: metric.value as number,
        timestamp: toNumber(metric.timestamp) ?? 0,
        step: toNumber(metric.step) ?? 0,
        run_id: metric.run_id ?? info.source_run_id ?? "",
        dataset_name: metric.dataset_name ?? "",
        dataset_digest: metric.dataset_digest ?? "",
      })),
    }),
  );
  if (!receipt) return;
  if (receipt.outcome !== "other") job.tally.add("logged models", receipt.outcome);
  await bringFiles(job, {
    from: info.artifact_uri ?? "",
    to: receipt.artifact_uri!,
    usual: `${info.experiment_id}/models/${info.model_id}/artifacts`,
    count: async () => 1,
  });
}
