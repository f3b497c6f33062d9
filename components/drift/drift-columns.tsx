import type { ReactNode } from "react";
import { EffectBar } from "@/components/charts/effect-bar";
import { formatP, formatScore, NOTHING, plural } from "@/lib/charts/format";
import { rankFeatures } from "@/lib/drift/ranking";
import type { DriftReport, FeatureDrift } from "@/lib/drift/schema";
import { FindingNotes } from "./finding-notes";
import { RowVerdict } from "./row-verdict";

export type DriftRow = { feature: FeatureDrift; output: boolean; rank: number };

/** Features and what the model itself says, ranked together; an output is marked as one. */
export function prepareDriftRows({ features, score, prediction }: DriftReport): DriftRow[] {
  const outputs = [score, prediction].filter((each) => each !== null);
  return rankFeatures([...features, ...outputs]).map((feature, index) => ({
    feature,
    output: outputs.includes(feature),
    rank: -index,
  }));
}

export type DriftColumn = {
  id: string;
  header: ReactNode;
  numeric?: boolean;
  /** On a phone the verdict stands under the name, and these wait in the evidence. */
  wideOnly?: boolean;
  /** What the column sorts by; larger is further from usual. */
  key: (row: DriftRow) => number | string;
  cell: (row: DriftRow) => ReactNode;
};

/** What cannot be computed sorts below everything that can. */
const number = (value: number | null) => value ?? -1;

export const DRIFT_COLUMNS: readonly DriftColumn[] = [
  {
    id: "feature",
    header: "feature",
    key: ({ feature }) => feature.name,
    cell: (row) => (
      <>
        <span className="block min-w-32 break-words">{row.feature.name}</span>
        <span className="block text-2xs text-mute">{kindOf(row)}</span>
        <span className="block pt-0.5 sm:hidden">
          <RowVerdict feature={row.feature} />
        </span>
        <FindingNotes findings={row.feature.findings} />
      </>
    ),
  },
  {
    id: "distance",
    header: "distance",
    numeric: true,
    key: ({ feature }) => number(feature.effect),
    cell: ({ feature }) => (
      <>
        {formatScore(feature.effect)}
        {(feature.error_bound ?? 0) >= 0.001 ? (
          <span className="block text-2xs text-mute">+{feature.error_bound?.toPrecision(1)}</span>
        ) : null}
      </>
    ),
  },
  {
    id: "rank",
    header: (
      <span>
        <span className="max-sm:sr-only">against </span>floor, chance
      </span>
    ),
    key: ({ feature }) => number(feature.effect) - (feature.effect_band ?? 0),
    cell: ({ feature }) => (
      <EffectBar
        effect={feature.effect}
        floor={feature.effect_floor}
        band={feature.effect_band}
        counts={feature.drift_detected === true}
      />
    ),
  },
  {
    id: "psi",
    header: <abbr title="Population stability index, over the bins of the histogram">PSI</abbr>,
    numeric: true,
    wideOnly: true,
    key: ({ feature }) => number(feature.psi),
    cell: ({ feature }) => formatScore(feature.psi),
  },
  {
    id: "q",
    header: <abbr title="p-value after Benjamini–Hochberg across the features tested together">q</abbr>,
    numeric: true,
    wideOnly: true,
    key: ({ feature }) => -(feature.q_value ?? 2),
    cell: ({ feature }) => formatP(feature.q_value),
  },
  {
    id: "verdict",
    header: "verdict",
    wideOnly: true,
    key: ({ rank }) => rank,
    cell: ({ feature }) => <RowVerdict feature={feature} />,
  },
];

export type DriftSort = { id: string; direction: "asc" | "desc" };

/** Largest first at the first click, then the other way round, then the ranking again. */
export function nextSort(sort: DriftSort | null, id: string): DriftSort | null {
  if (sort?.id !== id) return { id, direction: "desc" };
  return sort.direction === "desc" ? { id, direction: "asc" } : null;
}

export function sortDriftRows(rows: readonly DriftRow[], sort: DriftSort | null): readonly DriftRow[] {
  const column = DRIFT_COLUMNS.find(({ id }) => id === sort?.id);
  if (!column || !sort) return rows;
  const sign = sort.direction === "asc" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [column.key(a), column.key(b)];
    return sign * (left < right ? -1 : left > right ? 1 : 0);
  });
}

function kindOf({ feature, output }: DriftRow): string {
  const kind =
    feature.type === "categorical"
      ? plural(feature.histogram ? countCategories(feature.histogram) : 0, "category", "categories")
      : feature.type === "numerical"
        ? "number"
        : NOTHING;
  const known = feature.type === "categorical" && !feature.histogram ? "category" : kind;
  return `${output ? "output, " : ""}${known}`;
}

/** The "other" bar stands for several categories, not for one. */
const countCategories = ({ categories, other_categories }: NonNullable<FeatureDrift["histogram"]>) =>
  categories.length + (other_categories > 0 ? other_categories - 1 : 0);
