import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Sequential } from "@tensorflow/tfjs";
import { startTensorflow } from "@/lib/evaluate/tensorflow-node";
import { isoOf, minuteOf } from "./flight-table";
import { type Flight, Flights, JANUARY, LOGGED } from "./flights";
import {
  type DemoVersion,
  type Encoding,
  INPUTS,
  type ModelFile,
  modelPath,
  type Preprocessing,
  prepareInputs,
  type Standard,
  squeezeDelay,
  squeezeDistance,
} from "./model-file";
import { type Quality, quality } from "./quality";
import { loadScorer, type Scorer } from "./score";

/** The last week of January is held out; the committed models never saw it. */
const TRAINING = { from: JANUARY.from, to: minuteOf("2001-01-25") };
const HOLDOUT = { from: TRAINING.to, to: JANUARY.to };

/** An airport's late share counts as much as the overall one at this many flights: a day's worth of a large one. */
const SMOOTHING_FLIGHTS = 200;
const BATCH = 1_024;
const SEED = 20010101;

const LEARNING_RATE = 0.01;

export const VERSIONS: { version: DemoVersion; description: string; hidden: number[]; epochs: number }[] = [
  { version: "1", description: "Logistic regression", hidden: [], epochs: 4 },
  { version: "2", description: "Multilayer perceptron, 16 and 8 hidden units", hidden: [16, 8], epochs: 6 },
];

/** What both trainings have in common. */
export const SETTINGS = {
  optimizer: "adam",
  learning_rate: LEARNING_RATE,
  batch_size: BATCH,
  seed: SEED,
  smoothing_flights: SMOOTHING_FLIGHTS,
};

/** The flights that the models learn from, as the network reads them, and those they are held against. */
export interface TrainingDays {
  span: { from: number; to: number };
  training: Flight[];
  holdout: Flight[];
  preprocessing: Preprocessing;
  inputs: Float32Array;
  late: Float32Array;
}

/** Of one epoch: the mean loss of its batches, and the quality on the days held out. */
export type EpochMetrics = Record<
  "train_loss" | "val_log_loss" | "val_auc" | "val_brier" | "val_accuracy",
  number
>;

/** Trains both versions on 1 to 24 January and writes `weights/`. The same machine gives the same files. */
async function train(): Promise<void> {
  const days = await loadTrainingDays();
  for (const { version } of VERSIONS) {
    const start = performance.now();
    const { file } = await trainVersion(version, days);
    writeFileSync(modelPath(version), `${JSON.stringify(file)}\n`);
    console.log(`version ${version} trained in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  const flights = await Flights.read();
  for (const { version } of VERSIONS) await report(flights, await loadScorer(version));
}

export async function loadTrainingDays(): Promise<TrainingDays> {
  const flights = await Flights.read();
  const training = [...flights.stream(TRAINING)];
  const preprocessing = learnPreprocessing(training);
  const inputs = new Float32Array(training.length * INPUTS);
  const late = new Float32Array(training.length);
  training.forEach(({ features, label }, row) => {
    prepareInputs(features, preprocessing, inputs, row * INPUTS);
    late[row] = label === "late" ? 1 : 0;
  });
  return { span: TRAINING, training, holdout: [...flights.stream(HOLDOUT)], preprocessing, inputs, late };
}

/** @param onEpoch waits before the next epoch begins */
export async function trainVersion(
  version: DemoVersion,
  { training, holdout, preprocessing, inputs, late }: TrainingDays,
  onEpoch?: (epoch: number, metrics: EpochMetrics) => Promise<void>,
): Promise<{ file: ModelFile }> {
  const { description, hidden, epochs } = VERSIONS.find((one) => one.version === version)!;
  const toFile = async (model: Sequential): Promise<ModelFile> => ({
    version,
    description,
    trained: { from: isoOf(TRAINING.from), to: isoOf(TRAINING.to), flights: training.length },
    threshold: 0.5,
    preprocessing,
    ...(await exportModel(model)),
  });
  const lateShare = late.reduce((sum, one) => sum + one, 0) / late.length;
  const setThreshold = async (file: ModelFile) => {
    const scores = scoreAll(await loadScorer(version, file), training).sort();
    file.threshold = Number(scores[Math.floor(scores.length * (1 - lateShare))]!.toPrecision(4));
    return file;
  };
  const heldOut = Uint8Array.from(holdout, ({ label }) => Number(label === "late"));
  const model = await trainNetwork({
    inputs,
    late,
    hidden,
    epochs,
    onEpoch: onEpoch
      ? async (epoch, loss, trained) => {
          const file = await setThreshold(await toFile(trained));
          const found = quality(scoreAll(await loadScorer(version, file), holdout), heldOut, file.threshold);
          await onEpoch(epoch, {
            train_loss: loss,
            val_log_loss: found.logLoss,
            val_auc: found.auc ?? Number.NaN,
            val_brier: found.brier,
            val_accuracy: found.accuracy,
          });
        }
      : undefined,
  });
  return { file: await setThreshold(await toFile(model)) };
}

/** Constants of the inputs, from the training days only. */
export function learnPreprocessing(training: Flight[]): Preprocessing {
  const recent = training
    .map(({ features }) => features.recent_delay_at_origin)
    .filter((value) => value !== null);
  return {
    recent_delay_at_origin: standardOf(recent.map(squeezeDelay)),
    distance: standardOf(training.map(({ features }) => squeezeDistance(features.distance))),
    origin: encodingOf(training, "origin"),
    destination: encodingOf(training, "destination"),
  };
}

function standardOf(values: number[]): Standard {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean: Number(mean.toPrecision(6)), deviation: Number(Math.sqrt(variance).toPrecision(6)) };
}

function encodingOf(training: Flight[], end: "origin" | "destination"): Encoding {
  const seen = new Map<string, { flights: number; late: number }>();
  let allLate = 0;
  for (const { features, label } of training) {
    const airport = seen.get(features[end]) ?? { flights: 0, late: 0 };
    airport.flights += 1;
    airport.late += Number(label === "late");
    allLate += Number(label === "late");
    seen.set(features[end], airport);
  }
  const share = allLate / training.length;
  const logOdds = (p: number) => Number(Math.log(p / (1 - p)).toFixed(4));
  const airports = [...seen].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    other: logOdds(share),
    airports: Object.fromEntries(
      airports.map(([airport, { flights, late }]) => [
        airport,
        logOdds((late + SMOOTHING_FLIGHTS * share) / (flights + SMOOTHING_FLIGHTS)),
      ]),
    ),
  };
}

interface Training {
  inputs: Float32Array;
  late: Float32Array;
  hidden: number[];
  epochs: number;
  learningRate?: number;
  onEpoch: ((epoch: number, loss: number, model: Sequential) => Promise<void>) | undefined;
}

/** Layers as wide as `hidden` says before one output; Adam, its rate falling to a tenth by the last epoch. */
export async function trainNetwork({
  inputs,
  late,
  hidden,
  epochs,
  learningRate = LEARNING_RATE,
  onEpoch,
}: Training): Promise<Sequential> {
  const tf = await startTensorflow();
  const model = tf.sequential();
  [...hidden, 1].forEach((units, layer) => {
    model.add(
      tf.layers.dense({
        units,
        name: `layer_${layer}`,
        activation: layer === hidden.length ? "sigmoid" : "relu",
        kernelInitializer: tf.initializers.glorotUniform({ seed: SEED + layer }),
        ...(layer === 0 ? { inputShape: [INPUTS] } : {}),
      }),
    );
  });
  const optimizer = tf.train.adam(learningRate);
  model.compile({ optimizer, loss: "binaryCrossentropy" });
  const order = Uint32Array.from({ length: late.length }, (_, row) => row);
  const random = seeded(SEED);
  const batchInputs = new Float32Array(BATCH * INPUTS);
  const batchLate = new Float32Array(BATCH);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    // a tenth of the step by the last epoch, so that the weights settle
    (optimizer as unknown as { learningRate: number }).learningRate =
      learningRate * 10 ** (-epoch / (epochs - 1));
    let loss = 0;
    let steps = 0;
    for (let start = 0; start + BATCH <= order.length; start += BATCH) {
      for (let i = 0; i < BATCH; i++) {
        const row = order[start + i]!;
        batchInputs.set(inputs.subarray(row * INPUTS, (row + 1) * INPUTS), i * INPUTS);
        batchLate[i] = late[row]!;
      }
      const x = tf.tensor2d(batchInputs, [BATCH, INPUTS]);
      const y = tf.tensor2d(batchLate, [BATCH, 1]);
      loss += (await model.trainOnBatch(x, y)) as number;
      steps++;
      tf.dispose([x, y]);
    }
    await onEpoch?.(epoch + 1, loss / steps, model);
  }
  return model;
}

async function exportModel(model: Sequential): Promise<Pick<ModelFile, "topology" | "weights" | "data">> {
  const weights = model.getWeights();
  return {
    topology: JSON.parse(model.toJSON(undefined, true) as unknown as string),
    weights: model.weights.map(({ originalName, shape }) => ({
      name: originalName,
      shape: shape as number[],
      dtype: "float32",
    })),
    data: Buffer.concat(weights.map((one) => Buffer.from(Float32Array.from(one.dataSync()).buffer))).toString(
      "base64",
    ),
  };
}

/** Mulberry32: a small generator with a seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

function scoreAll(scorer: Scorer, flights: Flight[]): Float32Array {
  const scores = new Float32Array(flights.length);
  for (let start = 0; start < flights.length; start += 8_192) {
    scores.set(
      scorer.score(flights.slice(start, start + 8_192)).map(({ score }) => score),
      start,
    );
  }
  return scores;
}

async function report(flights: Flights, scorer: Scorer): Promise<void> {
  console.log(`\nversion ${scorer.version}        n   late    AUC  log loss   Brier  accuracy`);
  const months = ["02", "03", "04", "05", "06"].map((month) => ({
    name: `2001-${month}`,
    from: minuteOf(`2001-${month}-01`),
    to: month === "06" ? LOGGED.to : minuteOf(`2001-0${Number(month) + 1}-01`),
  }));
  for (const { name, ...span } of [
    { name: "training", ...TRAINING },
    { name: "holdout ", ...HOLDOUT },
    ...months,
  ]) {
    const rows = [...flights.stream(span)];
    const late = Uint8Array.from(rows, ({ label }) => Number(label === "late"));
    console.log(name.padEnd(9), line(quality(scoreAll(scorer, rows), late, scorer.threshold)));
  }
}

const line = ({ n, lateShare, auc, logLoss, brier, accuracy }: Quality) =>
  [
    String(n).padStart(8),
    `${(100 * lateShare).toFixed(1)} %`,
    auc?.toFixed(4) ?? "-",
    `  ${logLoss.toFixed(4)}`,
    ` ${brier.toFixed(4)}`,
    `   ${accuracy.toFixed(4)}`,
  ].join(" ");

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await train();
