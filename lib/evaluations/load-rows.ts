import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { EvaluationColumn } from "@/lib/evaluate/input";
import { readRows } from "@/lib/evaluate/read-rows";
import { readKeptFile } from "./kept-files";

export type LoadedRows = { columns: EvaluationColumn[]; label: string; rows: number };

/** The rows of a dataset. @throws TidemarkError where it is not there any more */
export async function loadRows(
  { keeper }: { db: Database; keeper: Keeper },
  dataset: string,
  label: string | null,
): Promise<LoadedRows> {
  const { rows, columns } = await readRows(await readKeptFile(keeper, dataset), dataset);
  if (label === null) throw new TidemarkError("bad_request", "the mapping names no label: save it with one");
  return { rows, columns, label };
}
