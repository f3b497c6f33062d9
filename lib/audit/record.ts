import type { Database } from "@/lib/db/client";
import { insertEvent, type NewAuditEvent } from "./store";

/**
 * Writes down who changed what. Where the change is one statement of its own, put both into it (see keys/store.ts), so
 * that neither is there without the other.
 */
export async function recordAudit(db: Database, event: NewAuditEvent): Promise<void> {
  await insertEvent(db, event);
}
