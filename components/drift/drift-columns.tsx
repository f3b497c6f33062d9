import { createColumnHelper } from "@tanstack/react-table";
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

const column = createColumnHelper<DriftRow>();
/** What cannot be computed sorts below everything that can. */
const number = (value: number | null) => value ?? -1;

export const DRIFT_COLUMNS = [
  column.accessor(({ feature }) => feature.name, {
    id: "feature",
    header: "feature",
    sortingFn: "alphanumeric",
    cell: ({ row: { original } }) => (
      <>
        <span className="block min-w-32 break-words">{original.feature.name}</span>
        <span className="block text-2xs text-mute">{kindOf(original)}</span>
        <span className="block pt-0.5 sm:hidden">
          <RowVerdict feature={original.feature} />
        </span>
        <FindingNotes findings={original.feature.findings} />
      </>
    ),
  }),
  column.accessor(({ feature }) => number(feature.effect), {
    id: "distance",
    header: "distance",
    meta: { numeric: true },
    cell: ({ row: { original } }) => (
      <>
        {formatScore(original.feature.effect)}
        {(original.feature.error_bound ?? 0) >= 0.001 ? (
          <span className="block text-2xs text-mute">+{original.feature.error_bound?.toPrecision(1)}</span>
        ) : null}
      </>
    ),
  }),
  column.accessor(({ rank }) => rank, {
    id: "rank",
    header: () => (
      <span>
        <span className="max-sm:sr-only">against </span>floor, chance
      </span>
    ),
    cell: ({ row: { original } }) => (
      <EffectBar
        effect={original.feature.effect}
        floor={original.feature.effect_floor}
        band={original.feature.effect_band}
        counts={original.feature.drift_detected === true}
      />
    ),
  }),
  column.accessor(({ feature }) => number(feature.psi), {
    id: "psi",
    header: "PSI",
    meta: { numeric: true },
    cell: ({ row: { original } }) => formatScore(original.feature.psi),
  }),
  column.accessor(({ feature }) => -(feature.q_value ?? 2), {
    id: "q",
    header: "q",
    meta: { numeric: true },
    cell: ({ row: { original } }) => formatP(original.feature.q_value),
  }),
  column.accessor(({ rank }) => rank, {
    id: "verdict",
    header: "verdict",
    cell: ({ row: { original } }) => <RowVerdict feature={original.feature} />,
  }),
];

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
