import { formatShare } from "@/lib/charts/format";
import type { SegmentList } from "@/lib/predictions/schema";

const SHOWN = 5;

/** Parts of the traffic to hold the feature against, one click each: the share of each part in the window. */
export function FeatureSegments({
  segments,
  feature,
  segment,
  onSegment,
}: {
  segments: SegmentList | undefined;
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
      {shown.map(({ name, values }) => {
        const total = values.reduce((sum, { n }) => sum + n, 0);
        return (
          <div key={name} className="flex flex-wrap items-baseline gap-1.5">
            <span className="text-mute">Who carries it, by {name}:</span>
            {values.slice(0, SHOWN).map(({ value, n }) => {
              const address = `${name}:${value}`;
              return (
                <button
                  key={value}
                  type="button"
                  aria-pressed={segment === address}
                  title={`Look at ${name} ${value} alone`}
                  onClick={() => onSegment(segment === address ? null : address)}
                  className="rounded-md border border-line px-1.5 py-px hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
                >
                  {value} <span className="text-mute">{formatShare(total > 0 ? n / total : null)}</span>
                </button>
              );
            })}
          </div>
        );
      })}
    </div>
  );
}
