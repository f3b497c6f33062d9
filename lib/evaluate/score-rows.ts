import { Gathered, outputOf } from "./answers";
import { checkCategories } from "./check-categories";
import { type Refusal, rowEncoder } from "./encode-rows";
import type { EvaluationColumn, Outcomes } from "./input";
import type { InputMapping } from "./input-mapping";
import { quoted, refused } from "./model-files";
import type { Scorer } from "./scorer";

export type Scored = {
  outcomes: Outcomes;
  /** Rows that could not be given to the model; they have no prediction. */
  refused: { rows: number; first: Refusal[] };
  backend: Scorer["backend"];
  milliseconds: number;
};

/** Values in one batch: a few megabytes, so that a batch takes a hundredth of a second and not the memory. */
const BATCH_VALUES = 512 * 1024;
const MOST_BATCH_ROWS = 16_384;
const FIRST_REFUSALS = 5;

/**
 * What a model answers to each row, in batches.
 * @param label the column that holds what really happened
 * @param onProgress called after each batch with the rows done
 * @throws TidemarkError where data, mapping and model do not fit; the signal's reason when it is aborted
 */
export async function scoreRows({
  scorer,
  mapping,
  columns,
  label,
  rows,
  batchRows,
  onProgress,
  signal,
}: {
  scorer: Scorer;
  mapping: InputMapping;
  columns: readonly EvaluationColumn[];
  label: string;
  rows: number;
  batchRows?: number;
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}): Promise<Scored> {
  const truth = columns.find(({ name }) => name === label);
  if (!truth) {
    throw refused(
      `the data has no column ${quoted(label)} to hold the model against: choose the column of labels`,
    );
  }
  if (mapping.inputs.some(({ feature }) => feature === label)) {
    throw refused(
      `the model would be told the answer: ${quoted(label)} holds the labels and is among the inputs; take it out of the mapping, or choose another column of labels`,
    );
  }
  const encoder = rowEncoder(mapping, columns, scorer.inputs);
  checkCategories(mapping.inputs, columns, rows);
  const output = outputOf(mapping.output, scorer.outputs);
  const gathered = new Gathered(mapping.output, rows);
  const size = batchRows ?? Math.max(64, Math.min(MOST_BATCH_ROWS, Math.floor(BATCH_VALUES / encoder.width)));
  const first: Refusal[] = [];
  let refusedRows = 0;
  const start = performance.now();
  for (let from = 0; from < rows; from += size) {
    signal?.throwIfAborted();
    const to = Math.min(from + size, rows);
    const bad = new Uint8Array(to - from);
    const inputs = encoder.encode(from, to, (refusal) => {
      if (bad[refusal.row - from] === 1) return;
      bad[refusal.row - from] = 1;
      refusedRows++;
      if (first.length < FIRST_REFUSALS) first.push(refusal);
    });
    gathered.add(await scorer.score(inputs, to - from, output.name), from, to - from, bad);
    onProgress?.(to);
    await breathe();
  }
  return {
    outcomes: gathered.outcomes(truth),
    refused: { rows: refusedRows, first },
    backend: scorer.backend,
    milliseconds: performance.now() - start,
  };
}

/** Lets messages in: a worker hears of a cancellation only between tasks. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
