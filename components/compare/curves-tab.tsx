"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { CurveChart, type DrawnBand } from "@/components/charts/curve-chart";
import { Control } from "@/components/report/control";
import { AXIS_TITLE, Smoothing } from "@/components/run/smoothing";
import { Card, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Select } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useInSight } from "@/components/ui/use-in-sight";
import { prepareBand } from "@/lib/charts/bands";
import { CURVE_AXES, type CurveAxis } from "@/lib/charts/curves";
import { plural } from "@/lib/charts/format";
import { MOST_COMPARED } from "@/lib/experiments/address";
import { isSystemTag } from "@/lib/experiments/columns";
import type { ComparedRun } from "@/lib/experiments/compared";
import type { Dimension } from "@/lib/experiments/dimensions";
import { curvesQuery } from "@/lib/experiments/run-query";
import { Stroke } from "./run-chips";
import type { ChangeCompare, CompareView } from "./view";

const FIRST = 4;
/** More bands than these are not told apart; the smallest groups become one. */
const MOST_BANDS = 12;
/** Of each of very many runs so many points are drawn, its extremes among them. */
const POINTS_OF_MANY = 80;

type Props = {
  runs: readonly ComparedRun[];
  dimensions: readonly Dimension[];
  view: CompareView;
  onChange: ChangeCompare;
};

/** A chart a metric with a line a run, or a mean with its band a group. */
export function CurvesTab({ runs, dimensions, view, onChange }: Props) {
  const all = useMemo(
    () => dimensions.filter(({ kind }) => kind === "metric").map(({ key }) => key),
    [dimensions],
  );
  const metrics = (view.metrics ?? all.slice(0, FIRST)).filter((key) => all.includes(key));
  const many = runs.length > MOST_COMPARED;
  const groups = useMemo(() => groupsOf(runs, view.group, many), [runs, view.group, many]);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <MetricChoice all={all} chosen={metrics} onChange={(next) => onChange({ metrics: next })} />
        <Select
          aria-label="Horizontal axis"
          value={`${view.x} ${view.xs}`}
          onChange={(event) => {
            const [x, xs] = event.target.value.split(" ") as [CurveAxis, "linear" | "log"];
            onChange({ x, xs });
          }}
        >
          {CURVE_AXES.flatMap((axis) =>
            (axis === "time" ? (["linear"] as const) : (["linear", "log"] as const)).map((kind) => (
              <option key={`${axis} ${kind}`} value={`${axis} ${kind}`}>
                by {AXIS_TITLE[axis]}
                {kind === "log" ? ", logarithmic" : ""}
              </option>
            )),
          )}
        </Select>
        <Select
          aria-label="Vertical axis"
          value={view.ys}
          onChange={(event) => onChange({ ys: event.target.value as "linear" | "log" })}
        >
          <option value="linear">linear</option>
          <option value="log">logarithmic</option>
        </Select>
        <GroupChoice
          runs={runs}
          value={view.group}
          ungrouped={many ? "one band over all" : "a line a run"}
          onChange={(group) => onChange({ group })}
        />
        <SmoothingLater value={view.smooth} onChange={(smooth) => onChange({ smooth })} />
      </div>
      {groups.length > 0 ? (
        <ul aria-label="Groups" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {groups.map(({ name, runs: members }, place) => (
            <li key={name} className="flex items-center gap-1.5">
              <Stroke place={place} />
              {name}
              <span className="text-mute">{plural(members.length, "run")}</span>
            </li>
          ))}
          <li className="text-mute">mean and its 95 % confidence interval over the runs of a group</li>
        </ul>
      ) : null}
      {metrics.length === 0 ? <p className="text-mute">These runs have logged no metrics.</p> : null}
      <div className="grid gap-3 md:grid-cols-2">
        {metrics.map((metric) => (
          <MetricCurves key={metric} metric={metric} runs={runs} groups={groups} view={view} />
        ))}
      </div>
    </>
  );
}

type Group = { name: string; runs: string[] };

/** @param many more runs than there can be lines: those of no group are one */
function groupsOf(runs: readonly ComparedRun[], by: string | null, many: boolean): Group[] {
  if (by === null) return many ? [{ name: "all", runs: runs.map(({ run_id }) => run_id) }] : [];
  const dot = by.indexOf(".");
  const kind = by.slice(0, dot) === "tags" ? ("tags" as const) : ("params" as const);
  const key = by.slice(dot + 1);
  const groups = new Map<string, string[]>();
  for (const run of runs) {
    const name = run[kind].find((pair) => pair.key === key)?.value ?? "not set";
    groups.set(name, [...(groups.get(name) ?? []), run.run_id]);
  }
  const found = [...groups].map(([value, members]) => ({ name: `${key} ${value}`, runs: members }));
  if (found.length <= MOST_BANDS) return found;
  const rest = found.sort((a, b) => b.runs.length - a.runs.length).splice(MOST_BANDS - 1);
  return [
    ...found,
    { name: `${plural(rest.length, "other value")}`, runs: rest.flatMap((group) => group.runs) },
  ];
}

function MetricCurves({
  metric,
  runs,
  groups,
  view,
}: {
  metric: string;
  runs: readonly ComparedRun[];
  groups: readonly Group[];
  view: CompareView;
}) {
  const [ref, seen] = useInSight<HTMLDivElement>();
  const many = runs.length > MOST_COMPARED;
  const which = many
    ? {
        experiment: view.experiment ?? undefined,
        filter: view.q || undefined,
        parent: view.parent ?? undefined,
        points: POINTS_OF_MANY,
      }
    : { run: runs.map(({ run_id }) => run_id) };
  const { data, error, refetch } = useQuery({
    ...curvesQuery(
      { ...which, metric, smoothing: view.smooth || undefined },
      runs.some(({ status }) => status === "RUNNING"),
    ),
    enabled: seen,
  });
  const place = useMemo(() => {
    const grouped = new Map(groups.flatMap((group, index) => group.runs.map((id) => [id, index] as const)));
    return new Map(
      runs.map(({ run_id }, index) => [run_id, groups.length > 0 ? (grouped.get(run_id) ?? 0) : index]),
    );
  }, [runs, groups]);
  const names = useMemo(() => new Map(runs.map(({ run_id, run_name }) => [run_id, run_name])), [runs]);
  const bands = useMemo(
    (): DrawnBand[] =>
      groups.map(({ name, runs: members }, index) => {
        const mine = new Set(members);
        return {
          name,
          place: index,
          points: prepareBand(
            (data?.curves ?? []).filter(({ run_id }) => mine.has(run_id)),
            view.x,
          ),
        };
      }),
    [groups, data, view.x],
  );
  const drawn = data?.curves.length ?? 0;
  const thinned = data?.curves.some(({ points, values }) => points > values.length) ?? false;
  return (
    <div ref={ref}>
      <Card>
        <CardTitle
          note={`${data ? plural(drawn, "run") : ""}${drawn < runs.length && data ? ` of ${runs.length}` : ""}${thinned ? ", thinned, spikes kept" : ""}`}
        >
          <span className="break-all">{metric}</span>
        </CardTitle>
        {error ? (
          <ErrorState what="The curves could not be loaded" error={error} onRetry={refetch} />
        ) : (
          <CurveChart
            curves={data?.curves ?? []}
            bands={bands}
            nameOf={(id) => names.get(id) ?? id}
            placeOf={(id) => place.get(id) ?? 0}
            axis={view.x}
            xKind={view.x === "time" ? "linear" : view.xs}
            yKind={view.ys}
            height={260}
            label={`${metric} by ${AXIS_TITLE[view.x]}: ${groups.length > 0 ? plural(groups.length, "group") : plural(drawn, "run")}`}
            empty={data ? "No finite value can be drawn on these axes." : ""}
          />
        )}
      </Card>
    </div>
  );
}

function MetricChoice({
  all,
  chosen,
  onChange,
}: {
  all: readonly string[];
  chosen: readonly string[];
  onChange: (metrics: string[]) => void;
}) {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Control name="metrics" value={`${chosen.length} of ${all.length}`} />
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="Metrics">
        <ul>
          {all.slice(0, 300).map((key) => (
            <li key={key}>
              <label className="flex items-center gap-1.5 py-0.5">
                <input
                  type="checkbox"
                  checked={chosen.includes(key)}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...chosen, key] : chosen.filter((each) => each !== key))
                  }
                />
                <span className="break-all">{key}</span>
              </label>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}

function GroupChoice({
  runs,
  value,
  ungrouped,
  onChange,
}: {
  runs: readonly ComparedRun[];
  value: string | null;
  ungrouped: string;
  onChange: (group: string | null) => void;
}) {
  const of = (kind: "params" | "tags") =>
    [...new Set(runs.flatMap((run) => run[kind].map(({ key }) => key)))]
      .filter((key) => kind === "params" || !isSystemTag(key))
      .sort();
  return (
    <Select
      aria-label="Group by"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{ungrouped}</option>
      {(["params", "tags"] as const).map((kind) => (
        <optgroup key={kind} label={kind === "params" ? "band by param" : "band by tag"}>
          {of(kind).map((key) => (
            <option key={key} value={`${kind}.${key}`}>
              by {key}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

const SETTLED_MS = 200;

/** The slider moves at once; what it asks for waits until it rests. */
function SmoothingLater({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const [moved, setMoved] = useState(value);
  useEffect(() => setMoved(value), [value]);
  useEffect(() => {
    if (moved === value) return;
    const timer = setTimeout(() => onChange(moved), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moved, value, onChange]);
  return <Smoothing value={moved} onChange={setMoved} />;
}
