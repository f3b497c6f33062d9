import { parseAsBoolean, parseAsInteger } from "nuqs/server";

/** What of the card page another person must see: which revision, and whether it is being edited. */
export const cardSearchParams = {
  revision: parseAsInteger,
  edit: parseAsBoolean.withDefault(false),
};
