import { formatShare } from "@/lib/charts/format";
import type { DriftCarriers } from "@/lib/drift/schema";
import type { SegmentList } from "@/lib/predictions/schema";

const SHOWN = 5;

type Part = { value: string; traffic: number | null; drift: number | null };

/**
 * Parts of the traffic to hold the feature against, one click each: each part's share of the rows in the window and,
 * where the feature has moved, its share of the drift.
 */
export function FeatureSegments({
  segments,
  carriers,
  feature,
  segment,
  onSegment,
}: {
  segments: SegmentList | undefined;
  carriers: DriftCarriers | undefined;
  feature: string;
  segment: string | null;
  onSegment: (segment: string | null) => void;
}) {
  const dimensions = (segments?.dimensions ?? []).filter(
    ({ name, values }) => name !== feature && values.length > 1,
  );
  // What was logged as a segment is meant for cutting; a feature only stands in for it.
  const own = dimensions.filter(({ role }) => role === "segment");
  const shown = (own.length > 0 ? own : dimensions).slice(0, 2);
  if (shown.length === 0) return null;
  return (
    <div className="mt-2 flex flex-col gap-1 text-xs">
      {shown.map((dimension) => {
        const parts = partsOf(dimension, carriers);
        const carried = parts.some(({ drift }) => drift !== null);
        return (
          <div key={dimension.name} className="flex flex-wrap items-baseline gap-1.5">
            <span className="text-mute">
              {carried ? `Who carries it, by ${dimension.name}:` : `Look at one ${dimension.name} alone:`}
            </span>
            {parts.map(({ value, traffic, drift }) => {
              const address = `${dimension.name}:${value}`;
              return (
                <button
                  key={value}
                  type="button"
                  aria-pressed={segment === address}
                  title={`Look at ${dimension.name} ${value} alone`}
                  onClick={() => onSegment(segment === address ? null : address)}
                  className="rounded-md border border-line px-1.5 py-px hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
                >
                  {value}{" "}
                  {drift === null ? null : (
                    <span className="tabular-nums">{formatSigned(drift)} of the drift, </span>
                  )}
                  <span className="text-mute tabular-nums">{formatShare(traffic)} of the rows</span>
                </button>
              );
            })}
          </div>
        );
      })}
      {carriers?.reason ? (
        <p className="text-mute">Who carries the drift is not known: {carriers.reason}.</p>
      ) : null}
    </div>
  );
}

/** Those that carry most, where that is known, else the most frequent. */
function partsOf(
  { name, values }: SegmentList["dimensions"][number],
  carriers: DriftCarriers | undefined,
): Part[] {
  const carried = carriers?.dimensions.find((dimension) => dimension.name === name)?.values;
  if (carried && carried.length > 0) {
    return carried
      .flatMap(({ value, traffic_share, drift_share }) =>
        value === null ? [] : [{ value, traffic: traffic_share, drift: drift_share }],
      )
      .slice(0, SHOWN);
  }
  const total = values.reduce((sum, { n }) => sum + n, 0);
  return values
    .slice(0, SHOWN)
    .map(({ value, n }) => ({ value, traffic: total > 0 ? n / total : null, drift: null }));
}

/** A part may hold against the drift. */
const formatSigned = (share: number) => (share < 0 ? `−${formatShare(-share)}` : formatShare(share));
