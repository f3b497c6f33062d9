import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/**
 * What of the evaluate page another person must see: an evaluation that was kept, one that is repeated in this browser
 * (`evidence`), or what is chosen for a new one.
 */
export const evaluateSearchParams = {
  evaluation: parseAsString,
  evidence: parseAsString,
  source: parseAsStringLiteral(["registry", "upload"]),
  dataset: parseAsString,
  against: parseAsString,
  groups: parseAsString,
  backend: parseAsStringLiteral(["auto", "wasm", "webgl", "webgpu"]).withDefault("auto"),
};
