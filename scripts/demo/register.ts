import { createHash } from "node:crypto";
import { writeVersionCard } from "./card";
import { askWithEvidence } from "./evidence";
import { exportFiles } from "./export-files";
import { isoOf } from "./flight-table";
import { MODEL } from "./flights";
import { registerHeldOut } from "./held-out";
import { TrackingClient, TrackingError } from "./mlflow";
import { type DemoVersion, readModelFile } from "./model-file";
import { protectProduction } from "./policy";
import { trainSweep } from "./sweep";
import { loadTrainingDays, SETTINGS, type TrainingDays, trainVersion, VERSIONS } from "./train";

const EXPERIMENT = "flight-delay";
const STAGES: Record<DemoVersion, string> = { "1": "Production", "2": "Staging" };
const NAMES: Record<DemoVersion, string> = { "1": "logistic-regression", "2": "multilayer-perceptron" };

/** A version that is registered, and the run that is to train it. */
export type OpenRun = { version: DemoVersion; runId: string; artifactUri: string };

/**
 * Registers both versions with a run each, over MLflow's protocol, before anything is logged under their names.
 * @returns the runs that wait for their training; none where that has been done
 */
export async function registerVersions({ url, apiKey }: { url: string; apiKey: string }): Promise<OpenRun[]> {
  const client = new TrackingClient(url, apiKey);
  const experimentId = await findExperiment(client);
  await unlessThere(client.post("mlflow/registered-models/create", { name: MODEL }));
  const open: OpenRun[] = [];
  for (const { version, description } of VERSIONS) {
    const held = await findRun(client, version);
    if (held) {
      if (held.info.status === "RUNNING") {
        open.push({ version, runId: held.info.run_id, artifactUri: held.info.artifact_uri });
      }
      continue;
    }
    const { run } = await client.post<{ run: Run }>("mlflow/runs/create", {
      experiment_id: experimentId,
      run_name: NAMES[version],
      user_id: "npm run demo",
      start_time: Date.now(),
      tags: [
        { key: "mlflow.source.name", value: "scripts/demo/train.ts" },
        { key: "mlflow.note.content", value: `${description}, on the flights of January 2001` },
      ],
    });
    const { run_id: runId, artifact_uri: artifactUri } = run.info;
    await client.post("mlflow/model-versions/create", {
      name: MODEL,
      source: `${artifactUri}/model`,
      run_id: runId,
      description,
    });
    open.push({ version, runId, artifactUri });
  }
  return open;
}

/** Trains in each run, epoch by epoch, and puts the versions on their stages. */
export async function trainInRuns(
  { url, apiKey, signal }: { url: string; apiKey: string; signal?: AbortSignal },
  runs: readonly OpenRun[],
  onProgress: (words: string) => void,
): Promise<void> {
  if (runs.length === 0) return;
  const client = new TrackingClient(url, apiKey);
  onProgress("reading the flights of January");
  const days = await loadTrainingDays();
  for (const run of runs) {
    onProgress(`training version ${run.version}`);
    await trainInRun(client, run, days, signal);
    await client.post("mlflow/model-versions/transition-stage", {
      name: MODEL,
      version: run.version,
      stage: STAGES[run.version],
      archive_existing_versions: false,
    });
    await writeVersionCard({ url, apiKey }, run.version);
  }
  onProgress("a small sweep over learning rate and width");
  await trainSweep(client, await findExperiment(client), days, signal);
  const stoppable = signal ? { signal } : {};
  onProgress("registering flights of June to hold versions against");
  const dataset = await registerHeldOut({ url, apiKey, ...stoppable });
  await protectProduction({ url, apiKey });
  onProgress("evaluating both versions on them, and asking for a promotion");
  const versions = VERSIONS.map(({ version }) => version);
  await askWithEvidence({ server: url, key: apiKey }, { dataset, versions, ...stoppable });
}

async function trainInRun(
  client: TrackingClient,
  { version, runId, artifactUri }: OpenRun,
  days: TrainingDays,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { hidden, epochs } = VERSIONS.find((one) => one.version === version)!;
  await client.post("mlflow/runs/log-batch", {
    run_id: runId,
    params: Object.entries({ hidden_units: hidden.join("-") || "none", epochs, ...SETTINGS }).map(
      ([key, value]) => ({ key, value: String(value) }),
    ),
  });
  await client.post("mlflow/runs/log-inputs", { run_id: runId, datasets: [datasetOf(days)] });
  const { file } = await trainVersion(version, days, async (epoch, metrics) => {
    signal?.throwIfAborted();
    await client.post("mlflow/runs/log-batch", {
      run_id: runId,
      metrics: Object.entries(metrics).map(([key, value]) => ({
        key,
        value,
        timestamp: Date.now(),
        step: epoch,
      })),
    });
  });
  for (const { path, bytes } of exportFiles(file)) {
    await client.putArtifact(artifactUri, `model/${path}`, bytes);
  }
  await client.post("mlflow/runs/set-tag", {
    run_id: runId,
    key: "weights",
    value: file.data === readModelFile(version).data ? "the ones that serve" : "close to the ones that serve",
  });
  await client.post("mlflow/runs/update", { run_id: runId, status: "FINISHED", end_time: Date.now() });
}

export function datasetOf({ training, span }: TrainingDays) {
  const digest = createHash("sha256");
  for (const { id, label } of training) digest.update(`${id} ${label}\n`);
  return {
    tags: [{ key: "mlflow.data.context", value: "training" }],
    dataset: {
      name: "flights-2001-01",
      digest: digest.digest("hex").slice(0, 16),
      source_type: "npm",
      source: JSON.stringify({ package: "vega-datasets", file: "flights-3m.parquet" }),
      profile: JSON.stringify({ num_rows: training.length, from: isoOf(span.from), to: isoOf(span.to) }),
    },
  };
}

type Run = { info: { run_id: string; artifact_uri: string; status: string } };

async function findExperiment(client: TrackingClient): Promise<string> {
  const made = await unlessThere(
    client.post<{ experiment_id: string }>("mlflow/experiments/create", { name: EXPERIMENT }),
  );
  if (made) return made.experiment_id;
  const { experiment } = await client.get<{ experiment: { experiment_id: string } }>(
    "mlflow/experiments/get-by-name",
    { experiment_name: EXPERIMENT },
  );
  return experiment.experiment_id;
}

async function findRun(client: TrackingClient, version: DemoVersion): Promise<Run | null> {
  try {
    const { model_version: held } = await client.get<{ model_version: { run_id?: string } }>(
      "mlflow/model-versions/get",
      { name: MODEL, version },
    );
    if (!held.run_id) return null;
    return (await client.get<{ run: Run }>("mlflow/runs/get", { run_id: held.run_id })).run;
  } catch (error) {
    if (error instanceof TrackingError && error.code === "RESOURCE_DOES_NOT_EXIST") return null;
    throw error;
  }
}

async function unlessThere<Reply>(made: Promise<Reply>): Promise<Reply | null> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof TrackingError && error.code === "RESOURCE_ALREADY_EXISTS") return null;
    throw error;
  }
}
