import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { COMPARE_TABS } from "@/components/compare/view";
import { CURVE_AXES } from "@/lib/charts/curves";

const scale = parseAsStringLiteral(["linear", "log"] as const).withDefault("linear");

/** The whole comparison: its address is the saved view. */
export const compareSearchParams = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  experiment: parseAsString,
  q: parseAsString.withDefault(""),
  parent: parseAsString,
  tab: parseAsStringLiteral(COMPARE_TABS).withDefault("curves"),
  metrics: parseAsArrayOf(parseAsString),
  x: parseAsStringLiteral(CURVE_AXES).withDefault("step"),
  xs: scale,
  ys: scale,
  smooth: parseAsFloat.withDefault(0),
  group: parseAsString,
  base: parseAsString,
  diff: parseAsBoolean.withDefault(true),
  px: parseAsString,
  py: parseAsString,
  axes: parseAsArrayOf(parseAsString),
  pz: parseAsString,
  target: parseAsString,
  goal: parseAsStringLiteral(["min", "max"] as const),
  file: parseAsString,
  saved: parseAsString,
};
