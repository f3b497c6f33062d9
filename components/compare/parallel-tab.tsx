"use client";

import { useCallback, useMemo, useState } from "react";
import { ParallelChart } from "@/components/charts/parallel-chart";
import { Control } from "@/components/report/control";
import { Card } from "@/components/ui/card";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { AxisKind } from "@/lib/charts/axis";
import { placesOf } from "@/lib/experiments/places";
import type { CompareTabProps } from "./view";

const FIRST_PARAMS = 6;
const FIRST_METRICS = 2;

/** The params that vary and the metrics, each an axis. */
export function ParallelTab({ runs, dimensions, view, onChange }: CompareTabProps) {
  /** Axes that are not of the kind that their values suggest. */
  const [flipped, setFlipped] = useState<ReadonlySet<string>>(new Set());
  const varying = useMemo(() => dimensions.filter(({ varies }) => varies), [dimensions]);
  const first = [
    ...varying.filter(({ kind }) => kind === "param").slice(0, FIRST_PARAMS),
    ...varying.filter(({ kind }) => kind === "metric").slice(0, FIRST_METRICS),
  ].map(({ id }) => id);
  const ids = view.axes ?? first;
  const chosen = dimensions.filter(({ id }) => ids.includes(id));
  const natural = useMemo(
    () => new Map(dimensions.map((each) => [each.id, placesOf(each).kind])),
    [dimensions],
  );
  const kindOf = useCallback(
    (id: string): AxisKind => ((natural.get(id) === "log") !== flipped.has(id) ? "log" : "linear"),
    [natural, flipped],
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Popover>
          <PopoverTrigger asChild>
            <Control name="axes" value={`${chosen.length} of ${dimensions.length}`} />
          </PopoverTrigger>
          <PopoverContent align="start" aria-label="Axes">
            <ul>
              {dimensions.slice(0, 300).map(({ id, key, kind }) => (
                <li key={id}>
                  <label className="flex items-center gap-1.5 py-0.5">
                    <input
                      type="checkbox"
                      checked={ids.includes(id)}
                      onChange={(event) =>
                        onChange({
                          axes: event.target.checked ? [...ids, id] : ids.filter((each) => each !== id),
                        })
                      }
                    />
                    <span className="break-all">{key}</span>
                    <span className="text-mute text-xs">{kind}</span>
                  </label>
                </li>
              ))}
            </ul>
          </PopoverContent>
        </Popover>
        {chosen.length > 0 ? (
          <span className="text-mute text-xs">
            coloured by {chosen.at(-1)!.key}, the darker or brighter the higher; a click on a title makes its
            axis logarithmic or linear
          </span>
        ) : null}
      </div>
      {chosen.length < 2 ? (
        <p className="text-mute">
          Two things that vary between these runs are needed; choose them under axes.
        </p>
      ) : (
        <Card>
          <ParallelChart
            inputs={chosen}
            titles={chosen.map(({ key }) => key)}
            names={runs.map(({ run_name }) => run_name)}
            kindOf={kindOf}
            onFlipKind={(id) =>
              setFlipped((before) => {
                const after = new Set(before);
                if (!after.delete(id)) after.add(id);
                return after;
              })
            }
          />
        </Card>
      )}
    </>
  );
}
