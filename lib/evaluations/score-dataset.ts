import { evaluationColumn } from "@/lib/datasets/columns";
import { readDataset } from "@/lib/datasets/read";
import { openInNode } from "@/lib/evaluate/engine-node";
import type { EvaluationColumn, Outcomes } from "@/lib/evaluate/input";
import type { InputMapping } from "@/lib/evaluate/input-mapping";
import type { readModel } from "@/lib/evaluate/read-model";
import { scoreRows } from "@/lib/evaluate/score-rows";
import type { Scorer } from "@/lib/evaluate/scorer";

export type ScoredDataset = {
  rows: number;
  columns: EvaluationColumn[];
  outcomes: Outcomes;
  backend: Scorer["backend"];
};

/**
 * What a model answers to each row of a dataset's file, in this process.
 * @throws TidemarkError for a model that cannot be loaded, or data that do not fit it
 */
export async function scoreDataset(
  model: ReturnType<typeof readModel>,
  data: { name: string; bytes: Uint8Array },
  { mapping, label }: { mapping: InputMapping; label: string },
): Promise<ScoredDataset> {
  const { table } = await readDataset(data.name, oneChunk(data.bytes));
  const columns = table.columns.map(evaluationColumn);
  const { rows } = table;
  const scorer = await openInNode(model);
  try {
    const { outcomes } = await scoreRows({ scorer, mapping, columns, label, rows });
    return { rows, columns, outcomes, backend: scorer.backend };
  } finally {
    await scorer.dispose();
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
