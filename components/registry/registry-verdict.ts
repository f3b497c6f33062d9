import { listWords, plural } from "@/lib/charts/format";
import type { VersionRecord } from "@/lib/registry/wire";

/** What stands where, as a colleague would say it. */
export function registryVerdict(versions: readonly VersionRecord[]): string {
  const at = (stage: VersionRecord["stage"]) =>
    versions.filter((version) => version.stage === stage).map(({ version }) => version);
  const [production, staging] = [at("Production"), at("Staging")];
  const first =
    production.length > 0
      ? `${versionWords(production)} ${production.length > 1 ? "are" : "is"} in Production`
      : "No version is in Production";
  const second =
    staging.length > 0
      ? `${versionWords(staging).toLowerCase()} ${staging.length > 1 ? "wait" : "waits"} in Staging`
      : null;
  const rest = versions.length - production.length - staging.length;
  const third = rest > 0 ? `${plural(rest, "version is", "versions are")} in no use` : null;
  return `${[first, second, third].filter(Boolean).join("; ")}.`;
}

const versionWords = (names: readonly string[]) =>
  `${names.length > 1 ? "Versions" : "Version"} ${listWords(names, 4)}`;
