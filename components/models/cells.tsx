import { Check, Minus, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { VolumeSparkline } from "@/components/ui/sparkline";
import { formatCount, formatDay, formatMetric, formatShare, formatWindow, plural } from "@/lib/charts/format";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import { metricName, metricStanding } from "@/lib/models/metric";
import type { VersionSummary } from "@/lib/models/schema";
import { driftedNames, driftWords, errorShare } from "@/lib/models/verdict";
import { MetricBand } from "./metric-band";

type Of = { version: VersionSummary };

export function VolumeCell({ version: { sparkline, health } }: Of) {
  if (!health || health.n === 0) return <span className="text-mute">no predictions yet</span>;
  const first = sparkline[0];
  return (
    <>
      <VolumeSparkline
        values={sparkline.map(({ n }) => n)}
        label={`Predictions a day over ${plural(sparkline.length, "day")}${first ? ` since ${formatDay(first.start)}` : ""}`}
        // A young version has few bars, not broad ones.
        style={{ maxWidth: `${Math.min(9, sparkline.length * 0.5)}rem` }}
      />
      <span className="text-xs" title={formatWindow(health.window)}>
        {formatCount(health.n)}
        {health.errors > 0 ? (
          <span className={errorShare(health) > 0.05 ? "text-high" : "text-mute"}>
            , {formatShare(errorShare(health))} failed
          </span>
        ) : null}
      </span>
    </>
  );
}

export function DriftCell({ address, version: { health, stage } }: Of & { address: VersionAddress }) {
  if (!health || health.n === 0) return <span className="text-mute">–</span>;
  if (health.drift_detected === null) {
    return (
      <>
        <Badge tone="outline">
          <Minus aria-hidden="true" className="size-3" />
          not tested
        </Badge>
        <span className="mt-0.5 block text-mute text-xs">{health.reason}</span>
      </>
    );
  }
  const moved = health.drifted_features.length > 0;
  return (
    <>
      <Badge tone={moved ? (stage === "Archived" ? "quiet" : "high") : "quiet"}>
        {moved ? (
          <TriangleAlert aria-hidden="true" className="size-3" />
        ) : (
          <Check aria-hidden="true" className="size-3" />
        )}
        {driftWords(health)}
      </Badge>
      {moved ? (
        <span className="mt-0.5 block text-xs" title={driftedNames(health)}>
          {health.drifted_features.slice(0, 3).map((feature, index) => (
            <span key={feature}>
              {index > 0 ? ", " : ""}
              <Link href={versionHref(address, "drift", { feature })} className="text-accent hover:underline">
                {feature}
              </Link>
            </span>
          ))}
          {health.drifted_features.length > 3 ? ` and ${health.drifted_features.length - 3} more` : ""}
        </span>
      ) : null}
    </>
  );
}

const STANDING_WORD = {
  worse: "worse than chance explains",
  better: "better than chance explains",
  within: "as chance moves it",
  unknown: "no band yet",
} as const;

export function MetricCell({ version: { health, baseline } }: Of) {
  const metric = health?.metric;
  if (!health || health.n === 0) return <span className="text-mute">–</span>;
  if (!metric || metric.value === null) {
    return <span className="text-mute">{health.labelled === 0 ? "needs labels" : "too few labels"}</span>;
  }
  const standing = metricStanding(metric);
  return (
    <>
      <span className="flex items-center gap-2 whitespace-nowrap">
        <span>
          {metricName(metric.name)} <strong className="font-semibold">{formatMetric(metric.value)}</strong>
        </span>
        <MetricBand metric={metric} />
      </span>
      <span className={standing === "worse" ? "text-high text-xs" : "text-mute text-xs"}>
        {metric.baseline === null
          ? baseline === null
            ? "no baseline to compare with"
            : "baseline without labels"
          : `from ${formatMetric(metric.baseline)}, ${STANDING_WORD[standing]}`}
      </span>
    </>
  );
}

export function LabelCell({ version: { health } }: Of) {
  if (!health || health.n === 0) return <span className="text-mute">–</span>;
  const answered = health.n - health.errors;
  return (
    <>
      {formatShare(answered > 0 ? health.labelled / answered : null)}
      <span className="block text-mute text-xs">{formatCount(health.labelled)}</span>
    </>
  );
}

export function BaselineCell({ address, version: { baseline } }: Of & { address: VersionAddress }) {
  if (!baseline) {
    return (
      <Link href={versionHref(address, "settings")} className="text-accent hover:underline">
        Set a baseline
      </Link>
    );
  }
  return (
    <>
      <span className="block truncate" title={baseline.file_name ?? undefined}>
        {baseline.window ? formatWindow(baseline.window) : (baseline.file_name ?? "a file")}
      </span>
      <span className="text-mute text-xs">{plural(baseline.rows, "row")}</span>
    </>
  );
}
