import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** Search, order, columns, grouping: what another person must see. */
export const runsSearchParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsString.withDefault("attributes.start_time"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
  cols: parseAsArrayOf(parseAsString),
  group: parseAsString,
  nest: parseAsBoolean.withDefault(true),
  diff: parseAsBoolean.withDefault(false),
  view: parseAsStringLiteral(["active", "deleted"] as const).withDefault("active"),
  /** The saved view that was opened, which the rest may have left; `none` = not even the default one. */
  saved: parseAsString,
};
