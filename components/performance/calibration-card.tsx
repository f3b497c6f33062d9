"use client";

import dynamic from "next/dynamic";
import { Card, CardTitle } from "@/components/ui/card";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
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
      <CalibrationChart
        points={points}
        positive={positive}
        label={`Mean score against the observed share of ${positive} in ${points.length} score bins.`}
      />
      <p className="mt-1 text-mute text-xs">
        {worst
          ? `Furthest off: scores around ${formatScore(worst.score, 2)} came true in ${formatShare(worst.share)} of ${formatCount(worst.n)}. `
          : "No bin is further off than chance explains. "}
        <Dialog>
          <DialogTrigger className="text-accent hover:underline">As a table</DialogTrigger>
          <DialogContent title="Calibration per score bin">
            <Table label="Calibration per score bin">
              <thead>
                <tr>
                  <Th>score</Th>
                  <Th numeric>mean score</Th>
                  <Th numeric>share of {positive}</Th>
                  <Th numeric>n</Th>
                </tr>
              </thead>
              <tbody>
                {calibration.map((bin) => (
                  <tr key={bin.from}>
                    <Td>
                      {formatScore(bin.from, 2)} to {formatScore(bin.to, 2)}
                    </Td>
                    <Td numeric>{formatScore(bin.n > 0 ? bin.mean_score : null)}</Td>
                    <Td numeric>{formatShare(bin.n > 0 ? bin.positive_share : null)}</Td>
                    <Td numeric>{formatCount(bin.n)}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </DialogContent>
        </Dialog>
      </p>
    </Card>
  );
}
