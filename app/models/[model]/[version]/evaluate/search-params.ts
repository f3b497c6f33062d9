import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { EVALUATION_SORTS } from "@/components/evaluate/evaluations-sorts";
import { EVALUATION_STATES } from "@/lib/evaluations/states";

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
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(EVALUATION_STATES),
  sort: parseAsStringLiteral(EVALUATION_SORTS),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
  backend: parseAsStringLiteral(["auto", "wasm", "webgl", "webgpu"]).withDefault("auto"),
};
