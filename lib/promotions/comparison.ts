import { boundOf } from "@/lib/cards/gates";
import { plural } from "@/lib/charts/format";
import { reportComparison } from "@/lib/comparison/report";
import { metricName } from "@/lib/models/metric";
import { reportQuality } from "@/lib/quality/report";
import type { VersionAt } from "@/lib/registry/versions";
import { chooseEvidence, choosePair } from "./choose-evidence";
import { byId, type From, listEvidence } from "./gather";
import { comparePairs } from "./pairs";
import type { SideBySide } from "./schema";

/** What the request itself says, or nobody decides by. */
const TOLD = new Set(["stage", "created"]);

/** Champion and challenger on everything that counts, as of now; the challenger alone where the target holds nothing. */
export async function compareWithChampion(
  from: From,
  { model, version, champion }: VersionAt & { champion: string | null },
): Promise<SideBySide[]> {
  const versions = champion === null ? [version] : [champion, version];
  const [{ sections }, traffic, evaluation] = await Promise.all([
    reportComparison(from, { model, versions }),
    readTraffic(from, { model, version, champion }),
    compareEvidence(from, { model, version, champion }),
  ]);
  const sides = sections.map(({ title, note, rows }) => ({
    title,
    note,
    rows: rows
      .filter(({ name }) => !(title === "Registry" && TOLD.has(name)))
      .map(({ name, values, best }) => {
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
  return [evaluation, ...sides, traffic].filter(({ rows }) => rows.length > 0);
}

/** The latest confirmed evaluation of both on one dataset, in pairs; of the challenger alone where there is no other. */
async function compareEvidence(
  from: From,
  { model, version, champion }: VersionAt & { champion: string | null },
): Promise<SideBySide> {
  const [challenger, held] = await Promise.all([
    listEvidence(from, { model, version }),
    champion === null ? [] : listEvidence(from, { model, version: champion }),
  ]);
  const evidence = { challenger, champion: held };
  const title = "Evaluation";
  const pair = champion === null ? null : choosePair(evidence, { version, champion, dataset: null });
  if (pair?.challenger) {
    const ids = { challenger: pair.challenger.evaluation_id, champion: pair.champion.evaluation_id };
    const [paired] = (
      await comparePairs(from, [{ ...ids, slice: null }], { model, evidence: byId(evidence) })
    ).values();
    if (paired && "metrics" in paired)
      return {
        title,
        note: `confirmed, on the same ${plural(pair.challenger.n, "row")} of dataset ${pair.challenger.dataset.slice(0, 12)}, differences in pairs`,
        rows: Object.entries(paired.metrics).map(([metric, { difference, better, ...sides }]) => {
          const { value, low, high } = difference;
          return {
            name: metricName(metric),
            champion: sides.champion,
            challenger: sides.challenger,
            difference:
              value === null ? null : { value, interval: low === null || high === null ? null : [low, high] },
            better:
              value === null || value === 0
                ? null
                : value > 0 === (better === "higher")
                  ? "challenger"
                  : "champion",
          };
        }),
      };
  }
  const alone = chooseEvidence(challenger, version, { dataset: null });
  return {
    title,
    note: pair?.why ?? null,
    rows: Object.entries(alone.evidence?.report.metrics ?? {}).map(([metric, { value }]) => ({
      name: metricName(metric),
      champion: null,
      challenger: value,
      difference: null,
      better: null,
    })),
  };
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
