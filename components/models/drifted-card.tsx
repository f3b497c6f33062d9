"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatScore } from "@/lib/charts/format";
import { driftQuery } from "@/lib/drift/query";
import type { FeatureDrift } from "@/lib/drift/schema";
import { type VersionAddress, versionHref } from "@/lib/models/address";
import type { VersionSummary } from "@/lib/models/schema";

const MOST_SHOWN = 6;

/** The features that moved furthest, each a link to its evidence. */
export function DriftedCard({ address, summary }: { address: VersionAddress; summary: VersionSummary }) {
  const tested = summary.baseline !== null;
  const { data, error, refetch } = useQuery({ ...driftQuery(address), enabled: tested });
  if (!tested) return null;
  const features = (data?.features ?? [])
    .filter(({ effect }) => effect !== null)
    .sort((a, b) => Number(b.drift_detected) - Number(a.drift_detected) || b.effect! - a.effect!);
  return (
    <Card aria-label="What moved">
      <CardTitle
        note="distance against the baseline"
        action={
          <Link href={versionHref(address, "drift")} className="text-accent text-xs hover:underline">
            All of it on the drift page
          </Link>
        }
      >
        What moved
      </CardTitle>
      {!data && error ? (
        <ErrorState what="The distances could not be loaded" error={error} onRetry={refetch} />
      ) : null}
      {!data && !error ? (
        <div role="status" aria-label="Loading the distances">
          {["a", "b", "c", "d"].map((row) => (
            <Skeleton key={row} className="my-2.5 h-5" />
          ))}
        </div>
      ) : null}
      {data && features.length === 0 ? (
        <p className="text-mute">{data.reason ?? "No feature could be tested."}</p>
      ) : null}
      <ul>
        {features.slice(0, MOST_SHOWN).map((feature) => (
          <FeatureLine key={feature.name} address={address} feature={feature} />
        ))}
      </ul>
      {features.length > MOST_SHOWN ? (
        <p className="mt-1 text-mute text-xs">and {features.length - MOST_SHOWN} that moved less</p>
      ) : null}
    </Card>
  );
}

function FeatureLine({ address, feature }: { address: VersionAddress; feature: FeatureDrift }) {
  const { name, effect, effect_floor, drift_detected, severity, direction } = feature;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_3rem_5.5rem] sm:grid-cols-[minmax(0,1fr)_3rem_5rem_5.5rem] items-center gap-2 border-line-soft border-b py-1.5 last:border-0">
      <Link
        href={versionHref(address, "drift", { feature: name })}
        className="truncate text-accent hover:underline"
        title={name}
      >
        {name}
      </Link>
      <span className="text-right">{formatScore(effect)}</span>
      <svg
        role="img"
        aria-label={`${formatScore(effect)}, the floor is ${formatScore(effect_floor, 2)}`}
        viewBox="0 0 80 12"
        className="h-3 w-20 max-sm:hidden"
      >
        <rect y={4} width={80} height={4} rx={2} className="fill-chart-grid" />
        <rect
          y={4}
          width={Math.max(1, Math.min(1, (effect ?? 0) / 0.5) * 80)}
          height={4}
          rx={2}
          className={drift_detected ? "fill-chart-current" : "fill-chart-current-soft"}
        />
        <rect x={Math.min(1, effect_floor / 0.5) * 80} width={1} height={12} className="fill-chart-floor" />
      </svg>
      <span className="flex items-center justify-end gap-1">
        {drift_detected && direction === "up" ? (
          <ArrowUp aria-label="upwards" className="size-3 text-mute" />
        ) : null}
        {drift_detected && direction === "down" ? (
          <ArrowDown aria-label="downwards" className="size-3 text-mute" />
        ) : null}
        <Badge tone={drift_detected ? (severity === "high" ? "high" : "medium") : "quiet"}>
          {drift_detected ? (severity ?? "moved") : feature.sizeable ? "not certain" : "within floor"}
        </Badge>
      </span>
    </li>
  );
}
