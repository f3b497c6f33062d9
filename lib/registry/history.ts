import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { listChanges } from "./changes";
import type { ModelChange } from "./schema";
import type { HistoryEntry, HistoryPage } from "./wire";

export const HistoryQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "expected the next_cursor of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type HistoryQuery = z.output<typeof HistoryQuery>;

/** A page of a model's history, latest first. @throws TidemarkError `not_found` */
export async function reportHistory(
  db: Database,
  { model, cursor = null, limit }: { model: string; cursor?: string | null | undefined; limit: number },
): Promise<HistoryPage> {
  const { changes, next_cursor } = await listChanges(db, { model, cursor, limit });
  return { changes: changes.map(toEntry), next_cursor };
}

export const toEntry = ({ at_ms, model: _, ...change }: ModelChange): HistoryEntry => ({
  ...change,
  at: new Date(at_ms).toISOString(),
});
