import { boundOf } from "@/lib/cards/gates";
import { reportComparison } from "@/lib/comparison/report";
import { reportQuality } from "@/lib/quality/report";
import type { VersionAt } from "@/lib/registry/versions";
import type { From } from "./gather";
import type { SideBySide } from "./schema";

/** Champion and challenger on everything that counts, as of now; the challenger alone where the target holds nothing. */
export async function compareWithChampion(
  from: From,
  { model, version, champion }: VersionAt & { champion: string | null },
): Promise<SideBySide[]> {
  const versions = champion === null ? [version] : [champion, version];
  const [{ sections }, traffic] = await Promise.all([
    reportComparison(from, { model, versions }),
    readTraffic(from, { model, version, champion }),
  ]);
  const sides = sections.map(({ title, note, rows }) => ({
    title,
    note,
    rows: rows.map(({ name, values, best }) => {
      const [held, asked] = champion === null ? [null, values[0]!] : [values[0]!, values[1]!];
      return {
        name,
        champion: held,
        challenger: asked,
        difference: null,
        better: best.length === 1 ? (best[0] === versions.length - 1 ? "challenger" : "champion") : null,
      } as const;
    }),
  }));
  return [...sides, traffic].filter(({ rows }) => rows.length > 0);
}

async function readTraffic(
  { db }: From,
  { model, version, champion }: VersionAt & { champion: string | null },
): Promise<SideBySide> {
  const read = async (name: string | null) => {
    const report = name === null ? null : await reportQuality(db, { model, version: name });
    return report && report.n > 0
      ? { predictions: report.n, failed: report.errors / report.n, latency: report.latency_ms }
      : null;
  };
  const [held, asked] = await Promise.all([read(champion), read(version)]);
  const row = (name: string, of: (side: NonNullable<typeof held>) => number | null) => {
    const values = { champion: held && of(held), challenger: asked && of(asked) };
    const both = values.champion !== null && values.challenger !== null;
    const lower = boundOf(name) === "at most";
    return {
      name,
      ...values,
      difference: null,
      better:
        !both || values.champion === values.challenger
          ? null
          : values.challenger! < values.champion! === lower
            ? ("challenger" as const)
            : ("champion" as const),
    };
  };
  const rows = [
    row("latency, median, ms", ({ latency }) => latency?.p50 ?? null),
    row("latency, 95th percentile, ms", ({ latency }) => latency?.p95 ?? null),
    row("error share", ({ failed }) => failed),
  ].filter((each) => each.champion !== null || each.challenger !== null);
  return { title: "Service", note: "of predictions logged in the newest four weeks of each", rows };
}
