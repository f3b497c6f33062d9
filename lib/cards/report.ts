import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { reportLineage } from "@/lib/lineage/report";
import { describeVersion } from "@/lib/registry/list-versions";
import type { VersionAt } from "@/lib/registry/versions";
import { getRun } from "@/lib/runs/runs";
import { cardFacts } from "./facts";
import { fillCard } from "./fill";
import { readCard } from "./read-card";
import type { CardFacts, CardReply } from "./schema";
import { selectCard, selectRevisions } from "./store";
import { editCard, emptyCard, writeCard } from "./write-card";

const MOST_REVISIONS = 200;

/**
 * A version's card: the revision asked for, or the latest; where none is saved, what Tidemark can say by itself.
 * @throws TidemarkError `not_found` for the model, the version or the revision
 */
export async function reportCard(
  db: Database,
  at: VersionAt,
  { revision = null }: { revision?: number | null | undefined } = {},
): Promise<CardReply> {
  const facts = await readFacts(db, at);
  const [saved, revisions] = await Promise.all([
    selectCard(db, at, revision),
    selectRevisions(db, at, MOST_REVISIONS),
  ]);
  const latest = revisions[0]?.revision ?? 0;
  if (!saved && revision !== null) {
    throw new TidemarkError(
      "not_found",
      `the card of version ${at.version} of ${at.model} has no revision ${revision}; ${latest === 0 ? "none is saved yet" : `the latest is ${latest}`}`,
    );
  }
  const yaml = saved?.yaml ?? draftCard(facts);
  return {
    model: at.model,
    version: at.version,
    revision: saved?.revision ?? 0,
    latest_revision: latest,
    yaml,
    card: readCard(yaml).card,
    facts,
    revisions: revisions.map(({ saved_ms, ...each }) => ({
      ...each,
      saved_at: new Date(saved_ms).toISOString(),
    })),
  };
}

async function readFacts(db: Database, at: VersionAt): Promise<CardFacts> {
  const [record, lineage] = await Promise.all([describeVersion(db, at), reportLineage(db, at)]);
  const run = lineage.run?.name == null ? null : await getRun(db, lineage.run.run_id);
  return cardFacts(record, lineage, run?.metrics ?? []);
}

/** A first card, of what is known. */
export function draftCard(facts: CardFacts): string {
  const empty = emptyCard(facts.model, facts.version);
  return fillCard(empty, facts).reduce(
    (text, { path, value }) => editCard(text, path, value),
    writeCard(empty),
  );
}
