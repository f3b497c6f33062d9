import type { Endpoint } from "./endpoint";
import { EXPERIMENTS } from "./experiments";
import { LOGGING } from "./logging";
import { RUNS } from "./runs";

/** All that is served of MLflow's protocol. */
export const ENDPOINTS: readonly Endpoint[] = [...EXPERIMENTS, ...RUNS, ...LOGGING];
