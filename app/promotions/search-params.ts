import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { PROMOTION_STATES } from "@/lib/promotions/states";

/** What of the list another person must see: the filter. */
export const promotionsSearchParams = {
  model: parseAsString.withDefault(""),
  state: parseAsStringLiteral(PROMOTION_STATES),
};
