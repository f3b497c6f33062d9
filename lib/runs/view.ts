import { type SQL, sql } from "drizzle-orm";
import type { ViewType } from "./schema";

/** True of the experiments or runs that a view shows. @param alias of their table */
export function inView(alias: "e" | "r", view: ViewType): SQL {
  if (view === "ALL") return sql`true`;
  return sql`${sql.raw(alias)}.lifecycle_stage = ${sql.raw(view === "DELETED_ONLY" ? "'deleted'" : "'active'")}`;
}
