"use client";

import dynamic from "next/dynamic";
import { WhenSeen } from "@/components/charts/when-seen";
import { FiguresButton } from "@/components/report/figures-button";
import { Card, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { prepareCalibration } from "@/lib/charts/calibration";
import { formatCount, formatScore, formatShare } from "@/lib/charts/format";
import type { PerformanceReport } from "@/lib/performance/schema";

const CalibrationChart = dynamic(
  () => import("@/components/charts/calibration-chart").then(({ CalibrationChart }) => CalibrationChart),
  { ssr: false, loading: () => <Skeleton className="h-64" /> },
);

/** Whether a score of 0.3 comes true three times in ten. */
export function CalibrationCard({
  calibration,
  positive,
}: {
  calibration: NonNullable<PerformanceReport["calibration"]>;
  positive: string;
}) {
  const { points, worst } = prepareCalibration(calibration);
  if (points.length === 0) return null;
  return (
    <Card>
      <CardTitle note="bars: where chance would leave the share at this n">Calibration</CardTitle>
      <WhenSeen className="min-h-64">
        <CalibrationChart
          points={points}
          positive={positive}
          label={`Mean score against the observed share of ${positive} in ${points.length} score bins.`}
        />
      </WhenSeen>
      <p className="mt-1 text-mute text-xs">
        {worst
          ? `Furthest off: scores around ${formatScore(worst.score, 2)} came true in ${formatShare(worst.share)} of ${formatCount(worst.n)}. `
          : "No bin is further off than chance explains. "}
        <FiguresButton
          figures={() => ({
            title: "Calibration per score bin",
            header: ["score", "mean score", `share of ${positive}`, "n"],
            rows: calibration.map(({ from, to, n, mean_score, positive_share }) => [
              `${formatScore(from)} to ${formatScore(to)}`,
              formatScore(n > 0 ? mean_score : null),
              formatShare(n > 0 ? positive_share : null),
              formatCount(n),
            ]),
          })}
        >
          As a table
        </FiguresButton>
      </p>
    </Card>
  );
}
