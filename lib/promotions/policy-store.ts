import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Author } from "@/lib/registry/schema";
import type { PolicyTarget } from "./schema";

export type PolicyRow = {
  revision: number;
  saved_ms: number;
  actor: string;
  why: string | null;
  targets: PolicyTarget[];
};

/** The latest; null where none was ever saved. */
export async function selectPolicy(db: Database, model: string): Promise<PolicyRow | null> {
  const [found] = await rows<PolicyRow>(
    db,
    sql`SELECT p.revision, floor(extract(epoch FROM p.saved_at) * 1000)::float8 AS saved_ms, p.actor, p.why, p.targets
      FROM promotion_policy p JOIN model m USING (model_id) WHERE m.name = ${model}::text
      ORDER BY p.revision DESC LIMIT 1`,
  );
  return found ?? null;
}

/** @throws TM014 where `former` is not the latest revision */
export async function insertPolicy(
  db: Database,
  model: string,
  { former, targets }: { former: number; targets: readonly PolicyTarget[] },
  { actor, why = null }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT save_promotion_policy(${model}::text, ${former}::int, ${JSON.stringify(targets)}::text::jsonb,
      ${actor}::text, ${why}::text)`,
  );
}
