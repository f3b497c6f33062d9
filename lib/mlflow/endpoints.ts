import { ARTIFACTS } from "./artifacts";
import type { Endpoint } from "./endpoint";
import { EXPERIMENTS } from "./experiments";
import { INPUTS } from "./inputs";
import { LOGGED_MODELS } from "./logged-models";
import { LOGGING } from "./logging";
import { MODEL_VERSIONS } from "./model-versions";
import { REGISTERED_MODELS } from "./registered-models";
import { RUNS } from "./runs";
import { SERVER_INFO } from "./server-info";
import { WEBHOOKS } from "./webhooks";

/** All that is served below the protocol's prefixes. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...SERVER_INFO,
  ...EXPERIMENTS,
  ...RUNS,
  ...LOGGING,
  ...INPUTS,
  ...LOGGED_MODELS,
  ...ARTIFACTS,
  ...REGISTERED_MODELS,
  ...MODEL_VERSIONS,
  ...WEBHOOKS,
];
