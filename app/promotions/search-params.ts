import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { PROMOTION_SORTS } from "@/lib/promotions/sorts";
import { PROMOTION_STATES } from "@/lib/promotions/states";

/** What of the list another person must see: the filter and the order. */
export const promotionsSearchParams = {
  model: parseAsString.withDefault(""),
  state: parseAsStringLiteral(PROMOTION_STATES),
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(PROMOTION_SORTS),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
};
