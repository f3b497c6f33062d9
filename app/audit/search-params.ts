import { parseAsString } from "nuqs/server";

/** What of the audit log another person must see: the filter. Times are RFC 3339. */
export const auditSearchParams = {
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  subject: parseAsString.withDefault(""),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
};
