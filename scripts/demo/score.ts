import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { startTensorflow } from "@/lib/evaluate/tensorflow-node";
import type { Flight, FlightFeatures, FlightLabel } from "./flights";
import { type DemoVersion, INPUTS, type ModelFile, prepareInputs, readModelFile } from "./model-file";

export interface Scored {
  /** Probability of arriving late. */
  score: number;
  prediction: FlightLabel;
  /** This row's share of the time that its batch took, preparation included, in milliseconds. */
  latency_ms: number;
}

/** A trained version, ready to score. */
export interface Scorer {
  version: DemoVersion;
  threshold: number;
  score(flights: { features: FlightFeatures }[]): Scored[];
}

/** Loads a version's committed weights. */
export async function loadScorer(
  version: DemoVersion,
  file: ModelFile = readModelFile(version),
): Promise<Scorer> {
  const tf = await startTensorflow();
  const model: LayersModel = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: file.topology,
      weightSpecs: file.weights,
      weightData: Uint8Array.from(Buffer.from(file.data, "base64")).buffer,
    }),
  );
  const predict = (flights: Pick<Flight, "features">[]) =>
    tf.tidy(() => {
      const inputs = new Float32Array(flights.length * INPUTS);
      flights.forEach(({ features }, row) => {
        prepareInputs(features, file.preprocessing, inputs, row * INPUTS);
      });
      const output = model.predict(tf.tensor2d(inputs, [flights.length, INPUTS]), {
        batchSize: flights.length,
      });
      return (output as Tensor).dataSync();
    });
  predict([NOWHERE]);
  return {
    version,
    threshold: file.threshold,
    score(flights) {
      if (flights.length === 0) return [];
      const start = performance.now();
      const scores = predict(flights);
      const latency_ms = Number(((performance.now() - start) / flights.length).toPrecision(3));
      return Array.from(scores, (raw) => {
        // a 32-bit float has no more to say, and would be logged with 17 digits
        const score = Math.round(raw * 1e6) / 1e6;
        return { score, prediction: score >= file.threshold ? "late" : "on_time", latency_ms };
      });
    },
  };
}

/** The first prediction compiles kernels; no flight should carry that time as its latency. */
const NOWHERE = {
  features: { departure_hour: 0, distance: 100, origin: "", destination: "", recent_delay_at_origin: null },
};
