import { type Post, seedCredit } from "./seed";

const json = { method: "POST", type: "application/json" } as const;

type Trained = { auc: number; loss: number; params: Record<string, string>; inputs: object[] };

const SIGNATURE = [
  { type: "double", name: "income", required: true },
  { type: "long", name: "age", required: true },
  { type: "string", name: "region", required: true },
];

/** A run as MLflow's client logs it, with its data set and the model's files, registered as the next version. */
async function registerRun(
  post: Post,
  model: string,
  { auc, loss, params, inputs }: Trained,
): Promise<string> {
  const call = (path: string, body: object) =>
    post(`/api/2.0/mlflow${path}`, { ...json, body: JSON.stringify(body) }) as Promise<Record<string, never>>;
  const start = Date.UTC(2026, 1, 20);
  const { run } = (await call("/runs/create", {
    experiment_id: "0",
    run_name: `fit-${params.max_depth}`,
    start_time: start,
  })) as unknown as { run: { info: { run_id: string } } };
  const { run_id } = run.info;
  const at = { timestamp: start, step: 0 };
  await call("/runs/log-batch", {
    run_id,
    metrics: [
      { key: "auc", value: auc, ...at },
      { key: "log_loss", value: loss, ...at },
    ],
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: [],
  });
  await call("/runs/log-inputs", {
    run_id,
    datasets: [
      {
        tags: [{ key: "mlflow.data.context", value: "training" }],
        dataset: {
          name: "applications",
          digest: `d${params.max_depth}1c9f02`,
          source_type: "local",
          source: '{"uri": "applications.parquet"}',
          profile: '{"num_rows": 48000}',
        },
      },
    ],
  });
  await call("/runs/update", { run_id, status: "FINISHED", end_time: start + 60_000 });
  const mlmodel = `artifact_path: model\nflavors:\n  sklearn:\n    sklearn_version: 1.5.0\nsignature:\n  inputs: '${JSON.stringify(inputs)}'\n  outputs: '[{"type": "string", "required": true}]'\n  params: null\n`;
  await post(`/api/2.0/mlflow-artifacts/artifacts/0/${run_id}/artifacts/model/MLmodel`, {
    method: "PUT",
    type: "application/octet-stream",
    body: mlmodel,
  });
  await call("/model-versions/create", {
    name: model,
    source: `mlflow-artifacts:/0/${run_id}/artifacts/model`,
    run_id,
    tags: [{ key: "trained_by", value: "nightly" }],
  });
  return run_id;
}

/** The classifier as a team has it: two versions made by runs, the first one logging predictions since March. */
export async function seedRegistry(post: Post, model: string): Promise<{ runs: string[] }> {
  await post("/api/2.0/mlflow/registered-models/create", { ...json, body: JSON.stringify({ name: model }) });
  const first = await registerRun(post, model, {
    auc: 0.786,
    loss: 0.531,
    params: { max_depth: "4", learning_rate: "0.1", seed: "7" },
    inputs: SIGNATURE,
  });
  const second = await registerRun(post, model, {
    auc: 0.812,
    loss: 0.502,
    params: { max_depth: "6", learning_rate: "0.1", seed: "7" },
    inputs: [...SIGNATURE, { type: "double", name: "balance", required: false }],
  });
  await seedCredit(post, model);
  return { runs: [first, second] };
}
