import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { actorWords } from "@/lib/registry/change-words";
import { registering } from "@/lib/registry/refusals";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { problemWords, readCard } from "./read-card";
import { reportCard } from "./report";
import type { CardReply, CardSave } from "./schema";
import { insertCard, selectRevisions } from "./store";

/**
 * Adds a revision of a version's card; the former ones stay.
 * @throws TidemarkError `bad_request` that names the line of each problem (details hold them apart), `conflict` where
 * somebody has saved another since
 */
export async function saveCard(
  db: Database,
  at: VersionAt,
  { yaml, revision, why }: CardSave,
  actor: string,
): Promise<CardReply> {
  const { problems } = readCard(yaml);
  if (problems.length > 0) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more, see details)` : "";
    throw new TidemarkError("bad_request", `${problemWords(problems[0]!)}${more}`, { details: problems });
  }
  const { model, version } = await getModelVersion(db, at);
  const author = { actor, why: why?.trim() || null };
  try {
    await registering(insertCard(db, { model, version }, { former: revision, yaml }, author), {
      model,
      version,
    });
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    const [latest] = await selectRevisions(db, { model, version }, 1);
    throw new TidemarkError(
      "conflict",
      latest
        ? `${actorWords(latest.actor)} saved revision ${latest.revision} of this card at ${new Date(latest.saved_ms).toISOString()}, after the one you edited (${revision}). Nothing was saved: copy what you wrote, reload, and bring it in there`
        : `this card has no revision ${revision}. Nothing was saved: reload`,
      { cause: error },
    );
  }
  return reportCard(db, { model, version });
}
