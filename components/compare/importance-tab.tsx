"use client";

import { useMemo } from "react";
import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatScore, plural } from "@/lib/charts/format";
import type { ComparedRun } from "@/lib/experiments/compared";
import { type Dimension, mainMetric } from "@/lib/experiments/dimensions";
import { LEAST_RUNS, paramImportance } from "@/lib/experiments/importance";
import { ofCompleteTrials } from "@/lib/experiments/study";
import { Choice } from "./scatter-tab";
import type { ChangeCompare, CompareView } from "./view";

/** Which params a metric depends on among these runs. */
export function ImportanceTab({
  runs,
  dimensions,
  view,
  onChange,
}: {
  runs: readonly ComparedRun[];
  dimensions: readonly Dimension[];
  view: CompareView;
  onChange: ChangeCompare;
}) {
  const metrics = dimensions.filter(({ kind }) => kind === "metric");
  const target = mainMetric(dimensions, view.target);
  const found = useMemo(
    () => (target ? paramImportance(dimensions, ofCompleteTrials(runs, target)) : null),
    [runs, dimensions, target],
  );
  if (!target?.varies) return <p className="text-mute">No metric varies between these runs.</p>;
  const most = Math.max(...(found?.params.map(({ importance }) => importance) ?? []), 1e-9);
  return (
    <>
      <div className="mb-3 flex items-center gap-2">
        <span className="text-mute">what decides</span>
        <Choice label="Metric" all={metrics} value={target.id} onChange={(id) => onChange({ target: id })} />
      </div>
      {found === null ? (
        <p className="text-mute">
          At least {LEAST_RUNS} runs with this metric and a param that varies are needed; pick more of the
          sweep.
        </p>
      ) : (
        <Card>
          <CardTitle note={`among ${plural(found.runs, "run")}`}>Importance for {target.key}</CardTitle>
          <Table label="Importance of params">
            <thead>
              <tr>
                <Th>param</Th>
                <Th className="w-1/2">importance</Th>
                <Th numeric>rank correlation</Th>
              </tr>
            </thead>
            <tbody>
              {found.params.map(({ key, importance, correlation }) => (
                <tr key={key}>
                  <Td className="break-all">{key}</Td>
                  <Td>
                    <span className="flex items-center gap-2">
                      <span className="h-3 flex-1 rounded-sm bg-line-soft">
                        <span
                          className="block h-full rounded-sm bg-chart-current"
                          style={{ width: `${(importance / most) * 100}%` }}
                        />
                      </span>
                      <span className="w-12 text-right">{formatScore(importance)}</span>
                    </span>
                  </Td>
                  <Td numeric>{correlation === null ? "category" : formatScore(correlation)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
          <p className="mt-2 max-w-3xl text-mute text-xs">
            Importance: by how much a random forest's error rises, in units of the metric's variance, when the
            param's values are shuffled among runs that the trees have not seen. It finds curves and
            interactions; params that vary together share what they have in common. Rank correlation
            (Spearman's) tells the direction. Neither says what would happen outside of these runs.
          </p>
        </Card>
      )}
    </>
  );
}
