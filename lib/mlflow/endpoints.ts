import { ARTIFACTS } from "./artifacts";
import type { Endpoint } from "./endpoint";
import { EXPERIMENTS } from "./experiments";
import { LOGGING } from "./logging";
import { RUNS } from "./runs";
import { SERVER_INFO } from "./server-info";

/** All that is served below the protocol's prefixes. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...SERVER_INFO,
  ...EXPERIMENTS,
  ...RUNS,
  ...LOGGING,
  ...ARTIFACTS,
];
