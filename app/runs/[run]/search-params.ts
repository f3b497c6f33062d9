import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { RUN_TABS } from "@/components/run/tabs";

/** What of a run's page another person must see. */
export const runSearchParams = {
  tab: parseAsStringLiteral(RUN_TABS).withDefault("overview"),
  file: parseAsString,
};
