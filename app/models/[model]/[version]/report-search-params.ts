import { createParser, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { Bucket, Timestamp } from "@/lib/wire";

/** A moment as the API takes it; anything else in the URL counts as not set. */
const parseAsMoment = createParser({
  parse: (value) => (Timestamp.safeParse(value).success ? value : null),
  serialize: (value: string) => value,
});

/** What every report of a version looks at; from and to are carried from tab to tab. */
export const reportSearchParams = {
  from: parseAsMoment,
  to: parseAsMoment,
  segment: parseAsString,
  bucket: parseAsStringLiteral(Bucket.options).withDefault("day"),
};
