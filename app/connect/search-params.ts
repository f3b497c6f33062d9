import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const LANGUAGES = ["curl", "python", "ndjson", "typescript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Which language the code is in, and for which version it is filled in. */
export const connectSearchParams = {
  lang: parseAsStringLiteral(LANGUAGES).withDefault("curl"),
  model: parseAsString,
  version: parseAsString,
};
