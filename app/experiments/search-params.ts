import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { EXPERIMENT_SORTS } from "@/lib/experiments/order";

/** What of the list another person must see. */
export const experimentsSearchParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(EXPERIMENT_SORTS).withDefault("updated"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
};
