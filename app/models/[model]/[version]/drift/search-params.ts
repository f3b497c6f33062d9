import { parseAsBoolean, parseAsString } from "nuqs/server";
import { reportSearchParams } from "../report-search-params";

/** Everything the drift page shows is in its URL: a colleague who opens it sees the same. */
export const driftSearchParams = {
  ...reportSearchParams,
  against: parseAsString.withDefault("baseline"),
  exact: parseAsBoolean.withDefault(false),
  feature: parseAsString,
};
