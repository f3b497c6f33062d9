import type { VersionRecord } from "@/lib/registry/wire";

/** As many as are read without scrolling for long. */
export const NEWEST = 20;

export type ChosenVersions = {
  shown: VersionRecord[];
  /** How many the words found; all versions where there are none. */
  found: number;
};

/**
 * The versions that a page shows, in their order, the latest first. Without words: those in use (in Staging or
 * Production, with an alias, or the one that is looked at) and the newest, up to `limit`. With words: the newest in which
 * each of them is found, in name, stage, aliases, tags, description, owner or run.
 */
export function chooseVersions(
  versions: readonly VersionRecord[],
  { words, current, limit }: { words: string; current: string; limit: number },
): ChosenVersions {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length > 0) {
    const found = versions.filter((version) => {
      const text = textOf(version);
      return wanted.every((word) => text.includes(word));
    });
    return { shown: found.slice(0, limit), found: found.length };
  }
  const shown = versions.filter(
    (version, place) => place < limit || isInUse(version) || version.version === current,
  );
  return { shown, found: versions.length };
}

const isInUse = ({ stage, aliases }: VersionRecord): boolean =>
  stage === "Staging" || stage === "Production" || aliases.length > 0;

const textOf = ({ version, stage, aliases, tags, description, owner, run }: VersionRecord): string =>
  [
    `version ${version}`,
    stage,
    ...aliases.map((alias) => `@${alias}`),
    ...tags.map(({ key, value }) => `${key} ${value}`),
    description,
    owner ?? "",
    run?.name ?? "",
  ]
    .join("\n")
    .toLowerCase();
