import { ARTIFACTS } from "./artifacts";
import type { Endpoint } from "./endpoint";
import { EXPERIMENTS } from "./experiments";
import { LOGGING } from "./logging";
import { MODEL_VERSIONS } from "./model-versions";
import { REGISTERED_MODELS } from "./registered-models";
import { RUNS } from "./runs";
import { SERVER_INFO } from "./server-info";

/** All that is served below the protocol's prefixes. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...SERVER_INFO,
  ...EXPERIMENTS,
  ...RUNS,
  ...LOGGING,
  ...ARTIFACTS,
  ...REGISTERED_MODELS,
  ...MODEL_VERSIONS,
];
