"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CurveChart } from "@/components/charts/curve-chart";
import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Input, Select } from "@/components/ui/input";
import { useInSight } from "@/components/ui/use-in-sight";
import type { AxisKind } from "@/lib/charts/axis";
import { CURVE_AXES, type CurveAxis } from "@/lib/charts/curves";
import { formatValue, plural } from "@/lib/charts/format";
import { curvesQuery } from "@/lib/experiments/run-query";
import type { RunDetail, RunMetricSummary } from "@/lib/experiments/run-schema";
import { AXIS_TITLE, Smoothing } from "./smoothing";

const AT_ONCE = 24;

/** A chart a metric; those in sight are asked for, so that a thousand metrics open like ten. */
export function MetricGrid({
  run,
  metrics,
  axis: first = "step",
  nothing,
}: {
  run: RunDetail;
  metrics: readonly RunMetricSummary[];
  axis?: CurveAxis;
  nothing: string;
}) {
  const [text, setText] = useState("");
  const [axis, setAxis] = useState<CurveAxis>(first);
  const [yKind, setKind] = useState<AxisKind>("linear");
  const [smoothing, setSmoothing] = useState(0);
  const [shown, setShown] = useState(AT_ONCE);
  if (metrics.length === 0) return <p className="text-mute">{nothing}</p>;
  const found = metrics.filter(({ key }) => key.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      <search className="mb-3 flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Find a metric"
          placeholder="Find a metric"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full sm:w-56"
        />
        <Select
          aria-label="Horizontal axis"
          value={axis}
          onChange={(event) => setAxis(event.target.value as CurveAxis)}
        >
          {CURVE_AXES.map((each) => (
            <option key={each} value={each}>
              by {AXIS_TITLE[each]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Vertical axis"
          value={yKind}
          onChange={(event) => setKind(event.target.value as AxisKind)}
        >
          <option value="linear">linear</option>
          <option value="log">logarithmic</option>
        </Select>
        <Smoothing value={smoothing} onChange={setSmoothing} />
        <output className="text-mute text-xs">{plural(found.length, "metric")}</output>
      </search>
      <div className="grid gap-3 md:grid-cols-2">
        {found.slice(0, shown).map((metric) => (
          <MetricCard
            key={metric.key}
            run={run}
            metric={metric}
            axis={axis}
            yKind={yKind}
            smoothing={smoothing}
          />
        ))}
      </div>
      {found.length > shown ? (
        <Button className="mt-3" onClick={() => setShown(shown + AT_ONCE)}>
          Show {Math.min(AT_ONCE, found.length - shown)} more
        </Button>
      ) : null}
    </>
  );
}

function MetricCard({
  run,
  metric,
  axis,
  yKind,
  smoothing,
}: {
  run: RunDetail;
  metric: RunMetricSummary;
  axis: CurveAxis;
  yKind: AxisKind;
  smoothing: number;
}) {
  const [ref, seen] = useInSight<HTMLDivElement>();
  const { data, error, refetch } = useQuery({
    ...curvesQuery(
      { run: [run.run_id], metric: metric.key, smoothing: smoothing || undefined },
      run.status === "RUNNING",
    ),
    enabled: seen,
  });
  const last = typeof metric.last === "number" ? formatValue(metric.last, 5) : (metric.last ?? "");
  const drawn = data?.curves[0]?.values.length ?? 0;
  return (
    <div ref={ref}>
      <Card>
        <CardTitle
          note={
            <>
              last {last}
              {drawn > 0 && drawn < metric.points
                ? `, ${plural(metric.points, "point")}, extremes of them drawn`
                : ""}
            </>
          }
        >
          <span className="break-all">{metric.key}</span>
        </CardTitle>
        {error ? (
          <ErrorState what="The curve could not be loaded" error={error} onRetry={refetch} />
        ) : (
          <CurveChart
            curves={data?.curves ?? []}
            nameOf={() => run.run_name}
            placeOf={() => 0}
            axis={axis}
            yKind={yKind}
            label={`${metric.key} of ${run.run_name} by ${AXIS_TITLE[axis]}: ${plural(metric.points, "point")}, last ${last}`}
            empty={data ? "No finite value can be drawn here." : ""}
          />
        )}
      </Card>
    </div>
  );
}
