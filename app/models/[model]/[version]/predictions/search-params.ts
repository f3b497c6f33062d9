import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { LABEL_STATES } from "@/components/predictions/view";
import { reportSearchParams } from "../report-search-params";

const { from, to } = reportSearchParams;

/** Window, conditions, order, and the row that is open. */
export const predictionsSearchParams = {
  from,
  to,
  filter: parseAsArrayOf(parseAsString).withDefault([]),
  label: parseAsStringLiteral(LABEL_STATES).withDefault("any"),
  order: parseAsStringLiteral(["desc", "asc"] as const).withDefault("desc"),
  row: parseAsString,
};
