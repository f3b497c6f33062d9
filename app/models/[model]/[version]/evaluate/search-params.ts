import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What of the evaluate page another person must see: an evaluation that was kept, or what is chosen for a new one. */
export const evaluateSearchParams = {
  evaluation: parseAsString,
  source: parseAsStringLiteral(["registry", "upload"]),
  dataset: parseAsString,
  against: parseAsString,
  groups: parseAsString,
  backend: parseAsStringLiteral(["auto", "wasm", "webgl", "webgpu"]).withDefault("auto"),
};
