"use client";

import { useMemo } from "react";
import { ContourChart } from "@/components/charts/contour-chart";
import { Card, CardTitle } from "@/components/ui/card";
import { mainMetric } from "@/lib/experiments/dimensions";
import { placesOf } from "@/lib/experiments/places";
import { ofCompleteTrials } from "@/lib/experiments/study";
import { Choice } from "./scatter-tab";
import type { CompareTabProps } from "./view";

/** A metric over two params, drawn only as far as the runs reach. */
export function ContourTab({ runs, dimensions, view, onChange }: CompareTabProps) {
  const sides = useMemo(() => dimensions.filter(({ varies }) => varies), [dimensions]);
  const heights = useMemo(() => dimensions.filter(({ kind }) => kind === "metric"), [dimensions]);
  const params = sides.filter(({ kind }) => kind === "param");
  const find = (id: string | null) => sides.find((each) => each.id === id);
  const x = find(view.px) ?? params[0];
  const y = find(view.py) ?? params.find(({ id }) => id !== x?.id);
  const z = mainMetric(dimensions, view.pz ?? view.target);
  const along = useMemo(() => (x && y ? { x: placesOf(x), y: placesOf(y) } : null), [x, y]);
  const points = useMemo(() => {
    const ends = z ? ofCompleteTrials(runs, z).values : [];
    return runs.flatMap((run, place) => {
      const at = along?.x.values[place];
      const up = along?.y.values[place];
      const height = ends[place];
      return typeof at === "number" && typeof up === "number" && typeof height === "number"
        ? [{ name: run.run_name, x: at, y: up, z: height }]
        : [];
    });
  }, [runs, along, z]);
  if (!x || !y || !z || !along) {
    return (
      <p className="text-mute">
        A contour wants two params that vary between these runs, and a metric. Compare more of the sweep.
      </p>
    );
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Choice label="Height" all={heights} value={z.id} onChange={(pz) => onChange({ pz })} />
        <span className="text-mute">over</span>
        <Choice label="Horizontally" all={sides} value={x.id} onChange={(px) => onChange({ px })} />
        <span className="text-mute">and</span>
        <Choice label="Vertically" all={sides} value={y.id} onChange={(py) => onChange({ py })} />
      </div>
      <Card>
        <CardTitle note={`${points.length} of ${runs.length} runs have all three`}>
          {z.key} over {x.key} and {y.key}
        </CardTitle>
        <ContourChart
          points={points}
          x={{ title: x.key, kind: along.x.kind, names: along.x.names }}
          y={{ title: y.key, kind: along.y.kind, names: along.y.names }}
          zTitle={z.key}
        />
        <p className="mt-2 max-w-3xl text-mute text-xs">
          Between the runs, which are the points, the height is their mean weighted by nearness; it is a
          reading aid and not a measurement. Where no run is near, nothing is drawn. What other params did to
          the runs is in it, too.
        </p>
      </Card>
    </>
  );
}
