import { readBySha256 } from "@/lib/artifacts/by-sha256";
import type { Keeper } from "@/lib/artifacts/keeper";
import { describeDataset } from "@/lib/datasets/describe";
import { datasetPath } from "@/lib/datasets/kept-dataset";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";

/** A dataset's file as it lies, and the column of its labels. */
export type KeptData = { data: { name: string; bytes: Uint8Array }; label: string };

/** What one process hands to another at most. */
const LARGEST_DATA = 1024 ** 3;

/**
 * The file of a registered dataset, for the process that reads it.
 * @throws TidemarkError `not_found` for one that is not registered, `conflict` where what is kept is not it any more
 */
export async function loadRows(
  { db, keeper }: { db: Database; keeper: Keeper },
  { model, sha256 }: { model: string; sha256: string },
  label: string | null,
): Promise<KeptData> {
  const dataset = await describeDataset(db, { model, sha256 });
  const column = label ?? dataset.label;
  if (column === null) {
    throw new TidemarkError(
      "bad_request",
      `neither the mapping nor the dataset ${dataset.name} says which column holds the labels: evaluate again and choose it`,
    );
  }
  const bytes = await readBySha256(keeper, { path: datasetPath(sha256), sha256 }, LARGEST_DATA);
  return { data: { name: dataset.name, bytes: new Uint8Array(bytes) }, label: column };
}
