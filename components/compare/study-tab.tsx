"use client";

import Link from "next/link";
import { useMemo } from "react";
import { HistoryChart } from "@/components/charts/history-chart";
import { ScatterChart } from "@/components/charts/scatter-chart";
import { Card, CardTitle } from "@/components/ui/card";
import { Select } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatValue, plural } from "@/lib/charts/format";
import { runHref } from "@/lib/experiments/address";
import { type Dimension, mainMetric } from "@/lib/experiments/dimensions";
import { placesOf } from "@/lib/experiments/places";
import { prepareStudy, type Study } from "@/lib/experiments/study";
import { Choice } from "./scatter-tab";
import type { CompareTabProps } from "./view";

const MOST_SLICES = 12;
const TOP = 5;

/** A sweep as such: how its value went, trial by trial, what each param had to do with it, and which trial is best. */
export function StudyTab({ runs, dimensions, view, onChange }: CompareTabProps) {
  const metrics = dimensions.filter(({ kind }) => kind === "metric");
  const target = mainMetric(dimensions, view.target);
  const study = useMemo(() => prepareStudy(runs, target, view.goal), [runs, target, view.goal]);
  const params = useMemo(
    () => dimensions.filter(({ kind, varies }) => kind === "param" && varies),
    [dimensions],
  );
  if (!target)
    return <p className="text-mute">These runs have logged no metric: there is no value to follow.</p>;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Select
          aria-label="Goal"
          value={study.goal}
          onChange={(event) => onChange({ goal: event.target.value as "min" | "max" })}
        >
          <option value="min">minimise</option>
          <option value="max">maximise</option>
        </Select>
        <Choice
          label="Value"
          all={metrics}
          value={target.id}
          onChange={(id) => onChange({ target: id, goal: null })}
        />
        <span className="text-mute text-xs">{goalWords(study)}</span>
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-3">
        <Card className="lg:col-span-2">
          <CardTitle note={`${plural(study.history.length, "trial")} with a value`}>
            Optimisation history
          </CardTitle>
          <HistoryChart history={study.history} title={target.key} />
        </Card>
        <div className="flex min-w-0 flex-col gap-3">
          <BestTrials study={study} target={target} params={params} />
          <States study={study} />
        </div>
      </div>
      {params.length > 0 ? (
        <>
          <h2 className="mt-4 mb-2 font-semibold text-sm">
            Slices
            <span className="ml-2 font-normal text-mute text-xs">
              {target.key} over each param that varies; the later the trial, the darker or brighter its point
            </span>
          </h2>
          <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {params.slice(0, MOST_SLICES).map((param) => (
              <Slice key={param.id} param={param} target={target} study={study} />
            ))}
          </div>
          {params.length > MOST_SLICES ? (
            <p className="mt-2 text-mute text-xs">
              The first {MOST_SLICES} of {params.length}; the others are under Scatter.
            </p>
          ) : null}
        </>
      ) : (
        <p className="mt-3 text-mute">No param varies between these runs: there is nothing to slice.</p>
      )}
    </>
  );
}

function goalWords({ optuna, goalFrom, directions }: Study): string {
  const study = optuna
    ? `Optuna study${directions.length > 1 ? ` of ${directions.length} goals (${directions.join(", ").toLowerCase()})` : ""}, `
    : "";
  if (goalFrom === "tag") return `${study}its direction as Optuna noted it`;
  if (goalFrom === "chosen") return `${study}goal chosen here`;
  return `${study}goal guessed from the metric's name`;
}

function BestTrials({
  study,
  target,
  params,
}: {
  study: Study;
  target: Dimension;
  params: readonly Dimension[];
}) {
  const sign = study.goal === "min" ? 1 : -1;
  const top = study.trials
    .filter(({ value }) => value !== null)
    .sort((a, b) => sign * (a.value! - b.value!))
    .slice(0, TOP);
  const best = study.best;
  if (!best) {
    return (
      <Card>
        <CardTitle>Best trial</CardTitle>
        <p className="text-mute">No trial has a value of {target.key} yet.</p>
      </Card>
    );
  }
  return (
    <Card>
      <CardTitle note={`trial ${best.number}`}>Best trial</CardTitle>
      <p className="mb-1.5">
        <Link href={runHref(best.run_id)} className="link break-words">
          {best.name}
        </Link>
      </p>
      <p className="mb-2 text-lg">
        <span className="text-mute text-sm">{target.key} </span>
        {formatValue(best.value!, 6)}
      </p>
      <Table label="Params of the best trial">
        <tbody>
          {params.map(({ id, key, values }) => (
            <tr key={id}>
              <Th scope="row" className="break-all font-normal">
                {key}
              </Th>
              <Td numeric className="break-all">
                {valueWords(values[best.place] ?? null)}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {top.length > 1 ? (
        <ol aria-label="Next best trials" className="mt-2 flex flex-col gap-0.5 text-xs">
          {top.slice(1).map(({ run_id, name, value }) => (
            <li key={run_id} className="flex gap-2">
              <Link
                href={runHref(run_id)}
                prefetch={false}
                className="min-w-0 truncate text-soft hover:underline"
              >
                {name}
              </Link>
              <span className="ml-auto">{formatValue(value!, 6)}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </Card>
  );
}

const valueWords = (value: number | string | null) =>
  value === null ? "–" : typeof value === "number" ? formatValue(value, 5) : value;

function States({ study }: { study: Study }) {
  return (
    <Card>
      <CardTitle note={plural(study.trials.length, "trial")}>States</CardTitle>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {study.states.map(({ state, trials }) => (
          <li key={state}>
            {state} <span className="text-mute">{formatCount(trials)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Slice({ param, target, study }: { param: Dimension; target: Dimension; study: Study }) {
  const { points, kind, names } = useMemo(() => {
    const last = Math.max(1, ...study.trials.map(({ number }) => number));
    const along = placesOf(param);
    return {
      ...along,
      points: study.trials.flatMap(({ name, value, number, place }) => {
        const x = along.values[place] ?? null;
        return x === null || value === null ? [] : [{ name, x, y: value, place, shade: number / last }];
      }),
    };
  }, [param, study]);
  return (
    <Card>
      <CardTitle as="h3" note={kind === "log" ? "logarithmic" : names ? "category" : undefined}>
        <span className="break-all">{param.key}</span>
      </CardTitle>
      <ScatterChart
        points={points}
        xTitle={param.key}
        yTitle={target.key}
        xKind={kind}
        xNames={names}
        yKind="linear"
        height={210}
      />
    </Card>
  );
}
