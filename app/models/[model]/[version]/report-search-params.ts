import { createParser, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { BUCKETS } from "@/lib/charts/time-axis";
import { isMoment } from "@/lib/moment";

/** A moment as the API takes it; anything else in the URL counts as not set. */
const parseAsMoment = createParser({
  parse: (value) => (isMoment(value) ? value : null),
  serialize: (value: string) => value,
});

/** What every report of a version looks at; from and to are carried from tab to tab. */
export const reportSearchParams = {
  from: parseAsMoment,
  to: parseAsMoment,
  segment: parseAsString,
  bucket: parseAsStringLiteral(BUCKETS).withDefault("day"),
};
