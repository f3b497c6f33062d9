import type { Stage } from "@/lib/models/schema";
import type { VersionChange, VersionRecord } from "@/lib/registry/wire";

/** What the form holds, as text. */
export type ChangeDraft = {
  stage: Stage;
  archive: boolean;
  /** Separated by commas or spaces. */
  aliases: string;
  tags: { id: number; key: string; value: string }[];
  description: string;
  owner: string;
  why: string;
  /** Why what protects the stage or alias is overridden; "" = it is not. */
  override: string;
};

export const toDraft = (record: VersionRecord): ChangeDraft => ({
  stage: record.stage,
  archive: true,
  aliases: record.aliases.join(", "),
  tags: record.tags.map((tag, id) => ({ id, ...tag })),
  description: record.description,
  owner: record.owner ?? "",
  why: "",
  override: "",
});

/** Only what differs from the record; null where nothing does. */
export function toChange(record: VersionRecord, draft: ChangeDraft): VersionChange | null {
  const change: VersionChange = {};
  if (draft.stage !== record.stage) {
    change.stage = draft.stage;
    if (archives(draft.stage)) change.archive_existing_versions = draft.archive;
  }
  const aliases = [...new Set(draft.aliases.split(/[\s,]+/).filter(Boolean))];
  if ([...aliases].sort().join() !== [...record.aliases].sort().join()) change.aliases = aliases;
  const tags = tagChange(record, draft);
  if (Object.keys(tags).length > 0) change.tags = tags;
  if (draft.description !== record.description) change.description = draft.description;
  const owner = draft.owner.trim() || null;
  if (owner !== record.owner) change.owner = owner;
  return Object.keys(change).length > 0 ? change : null;
}

/** Only the tags that differ from those held; null for one that is taken away. */
export function tagChange(
  record: Pick<VersionRecord, "tags">,
  draft: Pick<ChangeDraft, "tags">,
): Record<string, string | null> {
  const held = new Map(record.tags.map(({ key, value }) => [key, value]));
  const wanted = new Map(
    draft.tags.filter(({ key }) => key.trim() !== "").map(({ key, value }) => [key.trim(), value]),
  );
  return Object.fromEntries([
    ...[...held.keys()].filter((key) => !wanted.has(key)).map((key) => [key, null]),
    ...[...wanted].filter(([key, value]) => held.get(key) !== value),
  ]);
}

/** Whether moving there may archive what is there. */
export const archives = (stage: Stage) => stage === "Production" || stage === "Staging";
