import type { VersionRecord } from "@/lib/registry/wire";

/**
 * The versions that stand side by side, this one first. Where none is chosen, the one in Production, else the next
 * older, else the next newer one stands beside it.
 * @param versions the latest first
 */
export function comparedVersions(
  version: string,
  chosen: readonly string[],
  versions: readonly Pick<VersionRecord, "version" | "stage">[],
): string[] {
  const others = versions.filter((each) => each.version !== version);
  const wanted = others.filter((each) => chosen.includes(each.version));
  if (wanted.length > 0) return [version, ...wanted.map((each) => each.version)];
  const place = versions.findIndex((each) => each.version === version);
  const beside =
    others.find(({ stage }) => stage === "Production") ?? versions[place + 1] ?? versions[place - 1] ?? null;
  return beside && beside.version !== version ? [version, beside.version] : [version];
}
