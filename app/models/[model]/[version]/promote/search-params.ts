import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { PROTECTED_STAGES } from "@/lib/promotions/states";

/** What is asked for: one of the two. */
export const promoteSearchParams = {
  stage: parseAsStringLiteral(PROTECTED_STAGES),
  alias: parseAsString,
};
