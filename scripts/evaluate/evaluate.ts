import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Dataset, DatasetsReply } from "@/lib/datasets/schema";
import { TidemarkError } from "@/lib/errors";
import { computeEvaluation } from "@/lib/evaluate/compute";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { encodeOutcome } from "@/lib/evaluate/outcome";
import { readModel } from "@/lib/evaluate/read-model";
import { Evaluation, type EvaluationSave, FileReceipt, ModelFilesReply } from "@/lib/evaluations/schema";
import { scoreDataset } from "@/lib/evaluations/score-dataset";
import type { TidemarkClient } from "../tidemark-client";
import type { EvaluateCommand } from "./arguments";

export type Wanted = Pick<EvaluateCommand, "model" | "version" | "dataset" | "groups">;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * What the evaluate page does, without a page: the registered model on a registered dataset, through the mapping that was
 * kept with the version or that the model itself brings, saved as evidence.
 * @throws TidemarkError where the version has no model that can be run, no mapping, or there is no such dataset
 */
export async function evaluateAndSave(client: TidemarkClient, command: Wanted): Promise<Evaluation> {
  const { model, version, groups } = command;
  const ofModel = `/api/v1/models/${encodeURIComponent(model)}`;
  const ofVersion = `${ofModel}/versions/${encodeURIComponent(version)}`;
  const kept = await client.call(ModelFilesReply, `${ofVersion}/model-files`);
  if (kept.files.length === 0)
    throw refused(
      `version ${version} of ${model} has no model.json and no .onnx file with this server: log the model as TensorFlow.js or ONNX`,
    );
  const given = await Promise.all(
    kept.files.map(async ({ path }) => ({
      path,
      bytes: await client.bytes(`${ofVersion}/model-files/content?${new URLSearchParams({ path })}`),
    })),
  );
  const read = readModel(given);
  const dataset = await findDataset(client, ofModel, command);
  const mapping = InputMapping.safeParse(kept.mapping ?? read.mapping);
  if (!mapping.success)
    throw refused(
      `version ${version} of ${model} does not say how a row becomes its inputs: evaluate it on its page once and save that, or export it with input_mapping (docs/evaluation.md)`,
    );
  const label = mapping.data.label ?? dataset.label;
  if (label === null)
    throw refused(
      `neither the mapping nor the dataset ${dataset.name} says which column is the label: register it with label=…`,
    );
  const bytes = await client.bytes(`${ofModel}/datasets/${dataset.sha256}/content`);
  const { outcomes, columns, backend } = await scoreDataset(
    read,
    { name: dataset.name, bytes },
    { mapping: mapping.data, label },
  );
  const report = await computeEvaluation(outcomes, {
    columns: columns.filter(({ name }) => name !== label),
    ...(groups ? { fairness: [{ feature: groups }] } : {}),
  });
  const outcome = encodeOutcome(outcomes);
  for (const file of [...read.files.map((each) => each.bytes), outcome])
    await client.call(FileReceipt, `${ofVersion}/evaluations/files/${sha256(file)}`, {
      method: "PUT",
      bytes: file,
      contentType: "application/octet-stream",
    });
  const save: EvaluationSave = {
    dataset: dataset.sha256,
    format: read.format,
    model_files: read.files.map((file) => ({
      path: file.path,
      bytes: file.bytes.length,
      sha256: sha256(file.bytes),
    })),
    mapping: { ...mapping.data, label },
    backend,
    report,
    outcome: sha256(outcome),
  };
  return client.call(Evaluation, `${ofVersion}/evaluations`, { method: "POST", json: save });
}

const POLL_MS = 2_000;

/** Waits while the server repeats it: one evaluation after the other, each within ten minutes. */
export async function untilRepeated(client: TidemarkClient, saved: Evaluation): Promise<Evaluation> {
  const [model, version] = [saved.model, saved.version].map(encodeURIComponent);
  let now = saved;
  while (now.repeat !== null) {
    await sleep(POLL_MS);
    now = await client.call(
      Evaluation,
      `/api/v1/models/${model}/versions/${version}/evaluations/${saved.evaluation_id}`,
    );
  }
  return now;
}

/** The latest first, so that of two datasets of a name the later one is taken. */
async function findDataset(
  client: TidemarkClient,
  ofModel: string,
  { dataset: wanted, model }: Wanted,
): Promise<Dataset> {
  const { datasets } = await client.call(DatasetsReply, `${ofModel}/datasets`);
  const found = datasets.find(({ sha256, name }) => sha256 === wanted || name === wanted);
  if (found) return found;
  const names = datasets.slice(0, 10).map(({ name }) => JSON.stringify(name));
  throw refused(
    `${model} has no dataset ${JSON.stringify(wanted)}: it has ${names.join(", ") || "none"}; PUT /api/v1/models/${encodeURIComponent(model)}/datasets/{sha256} registers one`,
  );
}

const refused = (message: string) => new TidemarkError("bad_request", message);
