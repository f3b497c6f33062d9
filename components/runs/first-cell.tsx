import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { plural } from "@/lib/charts/format";
import { runHref } from "@/lib/experiments/address";
import type { TableRow } from "./rows";
import { StatusIcon } from "./status-icon";

/** What a row is: a run to pick or open, a group, or a word about rows that are not there. */
export const FirstCell = memo(function FirstCell({
  row,
  index,
  chosen,
  onChoose,
  onToggle,
}: {
  row: TableRow;
  index: number;
  chosen: boolean;
  onChoose: (runs: readonly string[], on: boolean) => void;
  onToggle: (row: TableRow) => void;
}) {
  if (row.type === "group") {
    const value = row.group.value;
    return (
      <button
        type="button"
        data-index={index}
        aria-expanded={row.open}
        onClick={() => onToggle(row)}
        className="flex w-full items-center gap-1 rounded-sm text-left"
      >
        <Fold open={row.open} />
        <span className="truncate font-medium">{value ?? <span className="text-mute">not set</span>}</span>
        <span className="ml-auto shrink-0 pl-2 text-mute text-xs">{plural(row.group.runs, "run")}</span>
      </button>
    );
  }
  const indent = { paddingLeft: row.depth * 18 };
  if (row.type !== "run") {
    return (
      <span className="text-mute text-xs" style={indent} role="status">
        {row.type === "waiting" ? "Loading …" : `and ${plural(row.count, "more run")}: filter to see them`}
      </span>
    );
  }
  const { run, open } = row;
  return (
    <span className="flex items-center gap-1.5" style={indent}>
      <input
        type="checkbox"
        aria-label={`Compare ${run.run_name}`}
        checked={chosen}
        onChange={(event) => onChoose([run.run_id], event.target.checked)}
        className="shrink-0"
      />
      {open === null ? null : (
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${plural(run.children, "child", "children")} of ${run.run_name}`}
          onClick={() => onToggle(row)}
          className="-m-1 rounded-sm p-1"
        >
          <Fold open={open} />
        </button>
      )}
      <StatusIcon status={run.status} />
      <Link
        href={runHref(run.run_id)}
        prefetch={false}
        data-index={index}
        title={run.run_name}
        className="truncate hover:underline"
      >
        {run.run_name}
      </Link>
      {open === null ? null : <span className="shrink-0 text-mute text-xs">{run.children}</span>}
    </span>
  );
});

const Fold = ({ open }: { open: boolean }) =>
  open ? (
    <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-mute" />
  ) : (
    <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-mute" />
  );
