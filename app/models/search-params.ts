import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { SORTS } from "@/lib/models/order";
import { STAGES } from "@/lib/models/stages";

/** What of the models page another person must see: the filter and the order. */
export const modelsSearchParams = {
  q: parseAsString.withDefault(""),
  stage: parseAsStringLiteral(STAGES),
  sort: parseAsStringLiteral(SORTS).withDefault("attention"),
  order: parseAsStringLiteral(["asc", "desc"]),
};
