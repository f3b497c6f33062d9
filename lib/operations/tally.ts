/** Upper bounds of prediction_latency_seconds; a scoring service answers in milliseconds, a batch model in seconds. */
export const LATENCY_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Classes counted one by one per version; Prometheus pays for every one of them for ever. */
const MOST_CLASSES = 50;
const OTHER = "other";

/** What this process has logged of one version since it started. */
export type Tally = {
  model: string;
  version: string;
  predictions: number;
  errors: number;
  duplicates: number;
  rejected: number;
  /** Per bound, and one for what lies beyond. */
  latencies: Float64Array;
  latencySum: number;
  classes: Map<string, number>;
};

// The process's, since Next bundles each route by itself.
const TALLIES = Symbol.for("tidemark.tallies");
const global = globalThis as { [TALLIES]?: Map<string, Tally> };

export const tallies: Map<string, Tally> = global[TALLIES] ?? new Map<string, Tally>();
global[TALLIES] = tallies;

export function tallyOf(model: string, version: string): Tally {
  const name = `${model}:${version}`;
  let tally = tallies.get(name);
  if (!tally) {
    tally = {
      model,
      version,
      predictions: 0,
      errors: 0,
      duplicates: 0,
      rejected: 0,
      latencies: new Float64Array(LATENCY_BOUNDS.length + 1),
      latencySum: 0,
      classes: new Map(),
    };
    tallies.set(name, tally);
  }
  return tally;
}

export function addLatency(tally: Tally, seconds: number): void {
  let place = 0;
  while (place < LATENCY_BOUNDS.length && seconds > LATENCY_BOUNDS[place]!) place++;
  tally.latencies[place]! += 1;
  tally.latencySum += seconds;
}

export function addClass(tally: Tally, name: string, count: number): void {
  const known = tally.classes.has(name) || tally.classes.size < MOST_CLASSES;
  const counted = known ? name : OTHER;
  tally.classes.set(counted, (tally.classes.get(counted) ?? 0) + count);
}
