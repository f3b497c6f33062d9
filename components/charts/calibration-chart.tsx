"use client";

import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { CalibrationPoint } from "@/lib/charts/calibration";
import { formatCount, formatScore, formatShare } from "@/lib/charts/format";

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const TEXT = { fill: "var(--chart-axis)", fontSize: 11 };

/** Mean score against what came true, over the diagonal of a calibrated model; larger dots hold more rows. */
export function CalibrationChart({
  points,
  positive,
  label,
}: {
  points: readonly CalibrationPoint[];
  positive: string;
  label: string;
}) {
  const most = Math.max(...points.map(({ n }) => n));
  return (
    <div role="img" aria-label={label} className="h-64">
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart margin={{ top: 8, right: 12, bottom: 18, left: 4 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--chart-grid)" />
          <XAxis
            type="number"
            dataKey="score"
            domain={[0, 1]}
            ticks={TICKS}
            tick={TEXT}
            stroke="var(--line-strong)"
            label={{ value: "mean score", position: "insideBottom", offset: -10, ...TEXT }}
          />
          <YAxis
            type="number"
            dataKey="share"
            domain={[0, 1]}
            ticks={TICKS}
            tickFormatter={formatShare}
            tick={TEXT}
            width={48}
            stroke="var(--line-strong)"
            label={{ value: `share of ${positive}`, angle: -90, position: "insideLeft", offset: 4, ...TEXT }}
          />
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            stroke="var(--chart-floor)"
            strokeDasharray="3 3"
          />
          <Tooltip
            content={({ payload }) => <Tip point={payload?.[0]?.payload as CalibrationPoint | undefined} />}
          />
          <Scatter
            data={[...points]}
            line={{ stroke: "var(--chart-current)", strokeWidth: 1.4 }}
            isAnimationActive={false}
            shape={(props: { cx?: number; cy?: number; payload?: CalibrationPoint }) => (
              <circle
                cx={props.cx}
                cy={props.cy}
                r={2 + 4 * Math.sqrt((props.payload?.n ?? 0) / most)}
                fill="var(--chart-current)"
              />
            )}
          >
            <ErrorBar dataKey="chance" direction="y" width={3} stroke="var(--line-strong)" />
          </Scatter>
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  );
}

function Tip({ point }: { point: CalibrationPoint | undefined }) {
  if (!point) return null;
  return (
    <div className="rounded-md border border-line bg-card px-2.5 py-1.5 text-xs shadow-float">
      <p>
        score {formatScore(point.score)}, came true in {formatShare(point.share)}
      </p>
      <p className="text-mute">
        {formatCount(point.n)} predictions, chance ±{formatScore(point.chance)}
      </p>
    </div>
  );
}
