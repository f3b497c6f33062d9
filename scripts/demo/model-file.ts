import { readFileSync } from "node:fs";
import type { FlightFeatures } from "./flights";

/** What turns features into the numbers that the network reads; learnt on the training days only. */
export interface Preprocessing {
  /** Mean and standard deviation of the transformed value. */
  recent_delay_at_origin: Standard;
  distance: Standard;
  /** Log-odds of being late by airport, drawn towards the overall log-odds where flights are few. */
  origin: Encoding;
  destination: Encoding;
}
export interface Standard {
  mean: number;
  deviation: number;
}
export interface Encoding {
  /** For an airport never seen in training. */
  other: number;
  airports: Record<string, number>;
}

/** A committed model: what it reads, how, and from which score on it says "late". */
export interface ModelFile {
  version: string;
  description: string;
  trained: { from: string; to: string; flights: number };
  /** The score from which on the prediction is "late": as many flights as were late in the training days. */
  threshold: number;
  preprocessing: Preprocessing;
  topology: object;
  weights: { name: string; shape: number[]; dtype: "float32" }[];
  /** The weights in the order above, little-endian 32-bit floats, base64. */
  data: string;
}

export const INPUTS = 1 + 1 + 1 + 24 + 1 + 1;

/** Delays have a long tail: beyond some ten minutes it is their order of size that tells. */
export const squeezeDelay = (minutes: number) => Math.asinh(minutes / 10);
export const squeezeDistance = (miles: number) => Math.log(miles);

/**
 * Writes the network's inputs for one flight into `into` at `offset`: recent delay (standardised; 0 when
 * missing), whether it is missing, distance (standardised), the hour (one of 24: the late flights leave just
 * after midnight, which no line and no circle follows), log-odds of origin and of destination.
 */
export function prepareInputs(
  features: FlightFeatures,
  how: Preprocessing,
  into: Float32Array,
  offset: number,
): void {
  const { recent_delay_at_origin: recent, distance, departure_hour, origin, destination } = features;
  into.fill(0, offset, offset + INPUTS);
  if (recent === null) into[offset + 1] = 1;
  else into[offset] = standardised(squeezeDelay(recent), how.recent_delay_at_origin);
  into[offset + 2] = standardised(squeezeDistance(distance), how.distance);
  into[offset + 3 + departure_hour] = 1;
  into[offset + 27] = how.origin.airports[origin] ?? how.origin.other;
  into[offset + 28] = how.destination.airports[destination] ?? how.destination.other;
}

const standardised = (value: number, { mean, deviation }: Standard) => (value - mean) / deviation;

export type DemoVersion = "1" | "2";
export const modelPath = (version: DemoVersion) => new URL(`./weights/v${version}.json`, import.meta.url);

export function readModelFile(version: DemoVersion): ModelFile {
  return JSON.parse(readFileSync(modelPath(version), "utf8")) as ModelFile;
}
