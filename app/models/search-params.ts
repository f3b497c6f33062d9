import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { SORTS } from "@/lib/models/order";
import { Stage } from "@/lib/models/schema";

/** What of the models page another person must see: the filter and the order. */
export const modelsSearchParams = {
  q: parseAsString.withDefault(""),
  stage: parseAsStringLiteral(Stage.options),
  sort: parseAsStringLiteral(SORTS).withDefault("attention"),
  order: parseAsStringLiteral(["asc", "desc"]),
};
