import { evaluationColumn } from "@/lib/datasets/columns";
import { readDataset } from "@/lib/datasets/read";
import { firstDifference, toleranceOf } from "./agreement";
import { Gathered, outputOf } from "./answers";
import { checkCategories } from "./check-categories";
import { compareOutcomes } from "./compare";
import { computeEvaluation } from "./compute";
import { cellText, describeColumn } from "./describe-columns";
import { type Refusal, rowEncoder } from "./encode-rows";
import { type BrowserBackend, openInBrowser } from "./engine-browser";
import type { EvaluationColumn, Outcomes } from "./input";
import { InputMapping } from "./input-mapping";
import { modelHash, type NamedBytes, refused, sha256 } from "./model-files";
import { decodeOutcome, encodeOutcome } from "./outcome";
import { readModel } from "./read-model";
import { scoreRows } from "./score-rows";
import type { Scorer } from "./scorer";
import type {
  CallName,
  FromWorker,
  GivenFile,
  PreviewRow,
  Slot,
  ToWorker,
  WorkerCalls,
} from "./worker-calls";

/*
 * The page's worker: reads models and data, runs them and computes the report, so that none of it holds the page up. What
 * a file may do wrong (never end, take all memory) ends this worker, and the page makes another.
 */

type Held = {
  model: ReturnType<typeof readModel>;
  scorer: Scorer;
  files: NamedBytes[];
  outcomes: Outcomes | null;
};

const PREVIEW_ROWS = 5;
/** As large a batch as a run takes, within reason. */
const TRIAL_ROWS = 8_192;
/** As often as an eye follows. */
const PROGRESS_MS = 100;

const held: Partial<Record<Slot, Held>> = {};
let data: { rows: number; columns: EvaluationColumn[] } | null = null;
let cancel = new AbortController();
/** Of the last run of each, as it would be kept. */
const encoded = new Map<Slot, { sha256: string; bytes: Uint8Array<ArrayBuffer> }>();
let progress: (share: number, doing: "scoring" | "measuring") => void = () => {};

const modelIn = (slot: Slot): Held => {
  const found = held[slot];
  if (!found) throw refused("no model is loaded: choose its files first");
  return found;
};
const loadedData = () => {
  if (!data) throw refused("no data are loaded: choose a file or a registered dataset first");
  return data;
};

const calls: WorkerCalls = {
  async loadModel(slot, given, origin) {
    await held[slot]?.scorer.dispose();
    delete held[slot];
    const model = readModel(await readAll(given));
    const scorer = await openInBrowser(model, { backend: "wasm", origin });
    held[slot] = { model, scorer, files: model.files, outcomes: null };
    const told = model.mapping === null ? null : InputMapping.safeParse(model.mapping);
    return {
      format: model.format,
      sha256: await modelHash(model.files),
      files: await Promise.all(
        model.files.map(async ({ path, bytes }) => ({
          path,
          bytes: bytes.length,
          sha256: await sha256(bytes),
        })),
      ),
      inputs: scorer.inputs,
      outputs: scorer.outputs,
      mapping: told?.data ?? null,
      classes: model.classes,
      notes: [
        ...model.notes,
        ...(told && !told.success
          ? [
              `The input mapping in the model's file is not understood (${told.error.issues[0]!.path.join(".")}: ${told.error.issues[0]!.message}): set it here.`,
            ]
          : []),
      ],
    };
  },

  async loadData(file, name) {
    data = null;
    const { table } = await readDataset(name, file.stream());
    data = { rows: table.rows, columns: table.columns.map(evaluationColumn) };
    return {
      rows: data.rows,
      columns: data.columns.map(describeColumn),
      sha256: await sha256(new Uint8Array(await file.arrayBuffer())),
    };
  },

  async preview(slot, mapping, label) {
    const { scorer } = modelIn(slot);
    const { rows, columns } = loadedData();
    const n = Math.min(PREVIEW_ROWS, rows);
    const encoder = rowEncoder(mapping, columns, scorer.inputs);
    // What the run would refuse of all rows, before these few are looked at.
    checkCategories(mapping.inputs, columns, rows);
    const refusals: Refusal[] = [];
    const inputs = encoder.encode(0, n, (refusal) => refusals.push(refusal));
    const output = outputOf(mapping.output, scorer.outputs);
    const answer = await scorer.score(inputs, n, output.name);
    // What the run would say of the answers it says of these.
    new Gathered(mapping.output, n).add(answer, 0, n, new Uint8Array(n));
    const truth = columns.find((column) => column.name === label);
    const shown = mapping.inputs.map(({ feature }) => columns.find((column) => column.name === feature)!);
    return Array.from({ length: n }, (_, row): PreviewRow => {
      const refusal = refusals.find((each) => each.row === row);
      return {
        values: Object.fromEntries(shown.map((column) => [column.name, cellText(column, row)])),
        encoded: inputs.flatMap(({ values, width }) => [...values.slice(row * width, (row + 1) * width)]),
        label: truth ? cellText(truth, row) : "",
        answer: refusal
          ? null
          : [...answer.values.slice(row * answer.width, (row + 1) * answer.width)].map(short).join(", "),
        refusal: refusal ? `${refusal.feature} ${refusal.message}` : null,
      };
    });
  },

  async measure(slot, mapping) {
    const { scorer, files } = modelIn(slot);
    const { rows, columns } = loadedData();
    const batchRows = Math.min(TRIAL_ROWS, rows);
    const inputs = rowEncoder(mapping, columns, scorer.inputs).encode(0, batchRows, () => {});
    const output = outputOf(mapping.output, scorer.outputs).name;
    return {
      trial: await timed(scorer, inputs, batchRows, output),
      batchRows,
      files: files.map(({ path, bytes }) => ({ path, file: new Blob([bytes as Uint8Array<ArrayBuffer>]) })),
      inputs,
      output,
    };
  },

  async tryBackend(backend, origin, given, inputs, rows, output) {
    const scorer = await openInBrowser(readModel(await readAll(given)), { backend, origin });
    return timed(scorer, inputs, rows, output);
  },

  async useBackend(slot, backend, origin) {
    const holder = modelIn(slot);
    if (holder.scorer.backend === backend || holder.model.format === "onnx") return;
    await holder.scorer.dispose();
    holder.scorer = await openInBrowser(holder.model, { backend, origin });
  },

  async run(slot, mapping, label, options) {
    const holder = modelIn(slot);
    const { rows, columns } = loadedData();
    const { signal } = cancel;
    const before = holder.scorer.tensors() ?? 0;
    const scored = await scoreRows({
      scorer: holder.scorer,
      mapping,
      columns,
      label,
      rows,
      signal,
      onProgress: (done) => progress(done / rows, "scoring"),
    });
    holder.outcomes = scored.outcomes;
    const report = await computeEvaluation(scored.outcomes, {
      ...options,
      columns: columns.filter(({ name }) => name !== label),
      signal,
      onProgress: (done) => progress(done, "measuring"),
    });
    const bytes = encodeOutcome(scored.outcomes);
    const hash = await sha256(bytes);
    encoded.set(slot, { sha256: hash, bytes });
    return {
      report,
      backend: scored.backend,
      rows,
      milliseconds: scored.milliseconds,
      refused: scored.refused,
      leaked: (holder.scorer.tensors() ?? 0) - before,
      outcome: { sha256: hash, bytes: bytes.length },
    };
  },

  async compare() {
    const [challenger, champion] = [modelIn("model").outcomes, modelIn("other").outcomes];
    if (!challenger || !champion) throw refused("both models must have been run on these rows: run both");
    return compareOutcomes({ champion, challenger });
  },

  async holdAgainst(outcome, backend) {
    const { outcomes, scorer } = modelIn("model");
    if (!outcomes) throw refused("nothing was run on these rows: evaluate them first");
    // Whichever of the two ran on a graphics card was the less precise.
    const [saved, own] = [toleranceOf(backend), toleranceOf(scorer.backend)];
    const tolerance = saved.absolute > own.absolute ? saved : own;
    return firstDifference(decodeOutcome(new Uint8Array(await outcome.arrayBuffer())), outcomes, tolerance);
  },

  async bytesOf(hash) {
    const outcome = [...encoded.values()].find((each) => each.sha256 === hash);
    if (outcome) return outcome.bytes.slice();
    for (const { bytes } of held.model?.files ?? []) {
      if ((await sha256(bytes)) === hash) return new Uint8Array(bytes);
    }
    throw refused("the run is not held any more: run again");
  },

  async rowsAt(places) {
    const { columns } = loadedData();
    return places.map((row) =>
      Object.fromEntries(columns.map((column) => [column.name, cellText(column, row)])),
    );
  },
};

const short = (value: number | string) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);

async function readAll(given: readonly GivenFile[]): Promise<NamedBytes[]> {
  return Promise.all(
    given.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
}

/** The second of two batches: the first compiles. */
async function timed(scorer: Scorer, inputs: Parameters<Scorer["score"]>[0], rows: number, output: string) {
  await scorer.score(inputs, rows, output);
  const start = performance.now();
  const { values } = await scorer.score(inputs, rows, output);
  const milliseconds = performance.now() - start;
  return { backend: scorer.backend as BrowserBackend, milliseconds, values: values as Float32Array };
}

/** One call at a time: they share the model and the data. */
let turn: Promise<unknown> = Promise.resolve();
let current = 0;

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if ("cancel" in message) {
    if (message.cancel === current) cancel.abort(refused("cancelled"));
    return;
  }
  turn = turn.then(() => answer(message));
};

async function answer({ id, name, args }: { id: number; name: CallName; args: unknown[] }): Promise<void> {
  const tell = (message: FromWorker, transfer: Transferable[] = []) =>
    self.postMessage(message, { transfer });
  current = id;
  cancel = new AbortController();
  let toldAt = 0;
  progress = (share, doing) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS) return;
    toldAt = now;
    tell({ id, progress: share, doing });
  };
  try {
    const value = await (calls[name] as (...all: unknown[]) => Promise<unknown>)(...args);
    tell({ id, value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    const { name: kind, message, stack } = error as Error;
    tell(kind === "TidemarkError" ? { id, refusal: message } : { id, failure: stack ?? message });
  }
}
