import { X } from "lucide-react";
import Link from "next/link";
import { seriesLook } from "@/components/charts/series-look";
import { Select } from "@/components/ui/input";
import { runHref } from "@/lib/experiments/address";
import type { ComparedRun } from "@/lib/experiments/compared";
import type { ChangeCompare, CompareView } from "./view";

/** More lines are not told apart by name. */
const MOST_CHIPS = 100;

/** The runs with the line that each is drawn as, and the one that others are measured against. */
export function RunChips({
  runs,
  view,
  fixed = false,
  onChange,
}: {
  runs: readonly ComparedRun[];
  /** A search says which runs they are: none can be left out by itself. */
  fixed?: boolean;
  view: CompareView;
  onChange: ChangeCompare;
}) {
  return (
    <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
      <ul
        aria-label="Runs"
        className="flex max-h-24 min-w-0 flex-1 flex-wrap gap-1.5 overflow-y-auto max-sm:basis-full"
      >
        {(runs.length > MOST_CHIPS ? [] : runs).map((run, place) => (
          <li
            key={run.run_id}
            className="flex max-w-56 items-center gap-1.5 rounded-full border border-line bg-card py-px px-2 text-xs has-[button]:pr-1"
          >
            <Stroke place={place} />
            <Link href={runHref(run.run_id)} prefetch={false} className="truncate hover:underline">
              {run.run_name}
            </Link>
            {view.base === run.run_id ? <span className="text-mute">baseline</span> : null}
            {fixed ? null : (
              <button
                type="button"
                aria-label={`Leave out ${run.run_name}`}
                onClick={() =>
                  onChange({
                    runs: view.runs.filter((id) => id !== run.run_id),
                    ...(view.base === run.run_id ? { base: null } : {}),
                  })
                }
                className="rounded-full p-1 text-mute hover:bg-hover hover:text-ink"
              >
                <X aria-hidden="true" className="size-3" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <Select
        aria-label="Baseline run"
        className="max-w-52"
        value={view.base ?? ""}
        onChange={(event) => onChange({ base: event.target.value || null })}
      >
        <option value="">no baseline run</option>
        {runs.map(({ run_id, run_name }) => (
          <option key={run_id} value={run_id}>
            against {run_name}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** The line of a run in charts. */
export function Stroke({ place }: { place: number }) {
  const { colour, dash } = seriesLook(place);
  return (
    <svg width={18} height={6} aria-hidden="true" className="shrink-0">
      <line x1={0} x2={18} y1={3} y2={3} stroke={colour} strokeWidth={2.5} strokeDasharray={dash} />
    </svg>
  );
}
