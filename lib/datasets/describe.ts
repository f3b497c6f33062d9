import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModel } from "@/lib/registry/models";
import { datasetPath } from "./kept-dataset";
import type { Dataset, DatasetsReply } from "./schema";
import { selectDataset, selectDatasets } from "./store";

export type DatasetAt = { model: string; sha256: string };

/** A model's held-out sets, the latest first. @throws TidemarkError `not_found` without the model */
export async function listDatasets(db: Database, model: string): Promise<DatasetsReply> {
  await getModel(db, model);
  return { datasets: await selectDatasets(db, model) };
}

/** @throws TidemarkError `not_found` */
export async function describeDataset(db: Database, { model, sha256 }: DatasetAt): Promise<Dataset> {
  await getModel(db, model);
  const found = await selectDataset(db, model, sha256);
  if (found) return found;
  throw new TidemarkError(
    "not_found",
    `"${model}" has no dataset with the SHA-256 ${sha256}: PUT the file to /api/v1/models/${encodeURIComponent(model)}/datasets/${sha256}`,
  );
}

/**
 * The bytes of a registered dataset.
 * @throws TidemarkError `not_found`; `store_unavailable` where the file is gone from among the artifacts
 */
export async function openDataset(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: DatasetAt,
): Promise<{ dataset: Dataset; stream: ReadableStream<Uint8Array> }> {
  const dataset = await describeDataset(db, at);
  const file = await keeper.read(datasetPath(at.sha256));
  if (file) return { dataset, stream: file.stream };
  throw new TidemarkError(
    "store_unavailable",
    `the file of dataset "${dataset.name}" is not among the artifacts any more: put it there again, or restore the artifacts from their backup`,
  );
}
