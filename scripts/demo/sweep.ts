import { startTensorflow } from "@/lib/evaluate/tensorflow-node";
import type { TrackingClient } from "./mlflow";
import { INPUTS, prepareInputs } from "./model-file";
import { quality } from "./quality";
import { SETTINGS, type TrainingDays, trainNetwork } from "./train";

const LEARNING_RATES = [0.001, 0.003, 0.01, 0.03, 0.1];
const WIDTHS = [2, 8, 16, 32];
const EPOCHS = 3;
/** Enough to tell the settings apart, and a fraction of a second a trial. */
const ROWS = { training: 24_576, holdout: 12_000 };

type Run = { run: { info: { run_id: string } } };

/** Trains one hidden layer for each pair of learning rate and width on a part of January: a run each, under one. */
export async function trainSweep(
  client: TrackingClient,
  experimentId: string,
  days: TrainingDays,
  signal: AbortSignal | undefined,
): Promise<void> {
  const start = (name: string, tags: Record<string, string>) =>
    client.post<Run>("mlflow/runs/create", {
      experiment_id: experimentId,
      run_name: name,
      user_id: "npm run demo",
      start_time: Date.now(),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
  const finish = (runId: string) =>
    client.post("mlflow/runs/update", { run_id: runId, status: "FINISHED", end_time: Date.now() });

  const part = await takePart(days);
  const parent = await start("sweep: learning rate and width", {
    "mlflow.source.name": "scripts/demo/sweep.ts",
    "mlflow.note.content": `One hidden layer, ${EPOCHS} epochs, every combination of ${LEARNING_RATES.length} learning rates and ${WIDTHS.length} widths; on ${ROWS.training} of the flights of 1 to 24 January 2001, held against ${ROWS.holdout} of the week after.`,
  });
  const parentId = parent.run.info.run_id;
  for (const learningRate of LEARNING_RATES) {
    for (const width of WIDTHS) {
      signal?.throwIfAborted();
      const trial = await start(`rate ${learningRate}, width ${width}`, { "mlflow.parentRunId": parentId });
      const runId = trial.run.info.run_id;
      await client.post("mlflow/runs/log-batch", {
        run_id: runId,
        params: Object.entries({
          ...SETTINGS,
          learning_rate: learningRate,
          width,
          epochs: EPOCHS,
          training_rows: ROWS.training,
        }).map(([key, value]) => ({ key, value: String(value) })),
      });
      await trainTrial(part, { learningRate, width }, (epoch, metrics) =>
        client.post("mlflow/runs/log-batch", {
          run_id: runId,
          metrics: Object.entries(metrics).map(([key, value]) => ({
            key,
            value,
            timestamp: Date.now(),
            step: epoch,
          })),
        }),
      );
      await finish(runId);
    }
  }
  await finish(parentId);
}

type Part = {
  inputs: Float32Array;
  late: Float32Array;
  holdoutInputs: Float32Array;
  holdoutLate: Uint8Array;
};

/** Every n-th flight of both spans, so that each day is in it. */
async function takePart({ inputs, late, holdout, preprocessing }: TrainingDays): Promise<Part> {
  const rows = Math.min(ROWS.training, late.length);
  const part: Part = {
    inputs: new Float32Array(rows * INPUTS),
    late: new Float32Array(rows),
    holdoutInputs: new Float32Array(Math.min(ROWS.holdout, holdout.length) * INPUTS),
    holdoutLate: new Uint8Array(Math.min(ROWS.holdout, holdout.length)),
  };
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * late.length) / rows);
    part.inputs.set(inputs.subarray(from * INPUTS, (from + 1) * INPUTS), row * INPUTS);
    part.late[row] = late[from]!;
  }
  for (let row = 0; row < part.holdoutLate.length; row++) {
    const { features, label } = holdout[Math.floor((row * holdout.length) / part.holdoutLate.length)]!;
    prepareInputs(features, preprocessing, part.holdoutInputs, row * INPUTS);
    part.holdoutLate[row] = Number(label === "late");
  }
  return part;
}

async function trainTrial(
  { inputs, late, holdoutInputs, holdoutLate }: Part,
  { learningRate, width }: { learningRate: number; width: number },
  onEpoch: (epoch: number, metrics: Record<string, number>) => Promise<unknown>,
): Promise<void> {
  const tf = await startTensorflow();
  const held = tf.tensor2d(holdoutInputs, [holdoutLate.length, INPUTS]);
  const trained = await trainNetwork({
    inputs,
    late,
    hidden: [width],
    epochs: EPOCHS,
    learningRate,
    onEpoch: async (epoch, loss, model) => {
      const scores = model.predict(held, { batchSize: holdoutLate.length }) as typeof held;
      const found = quality((await scores.data()) as Float32Array, holdoutLate, 0.5);
      scores.dispose();
      await onEpoch(epoch, {
        train_loss: loss,
        val_log_loss: found.logLoss,
        val_auc: found.auc ?? Number.NaN,
        val_brier: found.brier,
      });
    },
  });
  trained.dispose();
  held.dispose();
}
