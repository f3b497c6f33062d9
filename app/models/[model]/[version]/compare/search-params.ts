import { parseAsArrayOf, parseAsBoolean, parseAsString } from "nuqs/server";

/** Which other versions stand beside this one, and whether what is the same is left out. */
export const compareSearchParams = {
  with: parseAsArrayOf(parseAsString).withDefault([]),
  differences: parseAsBoolean.withDefault(false),
};
