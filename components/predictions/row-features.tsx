import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { formatShare, formatValue } from "@/lib/charts/format";
import type { LoggedPrediction } from "@/lib/predictions/schema";
import type { FeatureQuality, QualityReport } from "@/lib/quality/schema";
import { Value } from "./prediction-columns";

/** A row's values, each beside what is usual. */
export function RowFeatures({ row, quality }: { row: LoggedPrediction; quality: QualityReport | undefined }) {
  const usual = new Map(
    quality?.features.filter(({ role }) => role === "feature").map((feature) => [feature.name, feature]),
  );
  const based = [...usual.values()].some(({ reference_min }) => reference_min !== null);
  return (
    <div>
      <Table label="Features of this prediction">
        <thead>
          <tr>
            <Th>feature</Th>
            <Th>value</Th>
            <Th>usual</Th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(row.features).map(([name, value]) => {
            const feature = usual.get(name);
            const odd = feature ? oddity(value, feature) : null;
            return (
              <tr key={name}>
                <Td className="[overflow-wrap:anywhere]">{name}</Td>
                <Td className="[overflow-wrap:anywhere]">
                  <Value value={value} />
                  {feature?.unit && value !== null ? (
                    <span className="text-mute"> {feature.unit}</span>
                  ) : null}
                  {odd ? <span className="block text-2xs text-warn">{odd}</span> : null}
                </Td>
                <Td className="text-mute">
                  {feature ? usualWords(feature) : quality ? null : <Skeleton className="w-24" />}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {quality ? (
        <p className="mt-1.5 text-2xs text-mute">
          {based
            ? "Ranges are the baseline's, shares this window's."
            : "Ranges and shares are this window's: there is no baseline."}
        </p>
      ) : null}
    </div>
  );
}

function oddity(value: unknown, feature: FeatureQuality): string | null {
  if (value === null || value === undefined) return "missing";
  if (typeof value !== "number") return null;
  const { reference_min: low, reference_max: high } = feature;
  if (low !== null && value < low) return "below the baseline's range";
  if (high !== null && value > high) return "above the baseline's range";
  return null;
}

function usualWords(feature: FeatureQuality): string {
  if (feature.type === "numerical") {
    const [low, high] =
      feature.reference_min === null
        ? [feature.min, feature.max]
        : [feature.reference_min, feature.reference_max];
    return low === null ? "no values" : `${formatValue(low)} to ${formatValue(high)}`;
  }
  return feature.top
    .slice(0, 3)
    .map(({ value, n }) => `${value} ${formatShare(n / feature.n)}`)
    .join(", ");
}
