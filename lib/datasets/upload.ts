import { keepBySha256 } from "@/lib/artifacts/by-sha256";
import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModel } from "@/lib/registry/models";
import { registering } from "@/lib/registry/refusals";
import { outlineInChild } from "./child-outline";
import { type DatasetAt, describeDataset } from "./describe";
import { datasetPath } from "./kept-dataset";
import type { Dataset, DatasetUpload } from "./schema";
import { isRegistered, registerDataset } from "./store";

/**
 * Keeps a file as a held-out set of a model. It is held against its hash as it comes in, then read whole in a process of
 * its own: what cannot be read is not registered. Sent again it changes nothing but the name and the label.
 *
 * @throws TidemarkError `not_found` without the model; `bad_request` for another hash, a file that cannot be read, or a
 *   label that is none of its columns; `too_large` beyond the limits
 */
export async function uploadDataset(
  { db, keeper }: { db: Database; keeper: Keeper },
  { model, sha256 }: DatasetAt,
  {
    name,
    label = null,
    content,
  }: Omit<DatasetUpload, "label"> & { label?: string | null; content: AsyncIterable<Uint8Array> },
  actor: string,
): Promise<Dataset> {
  await getModel(db, model);
  const path = datasetPath(sha256);
  const bytes = await keepBySha256(keeper, { path, sha256 }, content);
  try {
    const file = await keeper.read(path);
    const { format, rows, columns } = await outlineInChild(name, iterable(file!.stream));
    if (label !== null && !columns.some((column) => column.name === label)) {
      const has = columns.slice(0, 20).map((column) => `"${column.name}"`);
      throw new TidemarkError(
        "bad_request",
        `${name} has no column "${label}" to be the label: choose one of ${has.join(", ")}`,
      );
    }
    const dataset = { sha256, name, format, bytes, rows, columns, label };
    await registering(registerDataset(db, model, dataset, actor), { model });
  } catch (error) {
    if (!(await isRegistered(db, sha256))) await keeper.remove(path);
    throw error;
  }
  return describeDataset(db, { model, sha256 });
}

async function* iterable(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
