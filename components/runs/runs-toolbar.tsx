"use client";

import { Columns3, Download } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { isSystemTag } from "@/lib/experiments/columns";
import { runsUrl } from "@/lib/experiments/query";
import type { ColumnNames, RunColumn } from "@/lib/experiments/schema";
import { searchParams } from "./questions";
import { SearchBox } from "./search-box";
import type { RunsView } from "./view";

const ColumnPicker = dynamic(() => import("./column-picker").then((module) => module.ColumnPicker), {
  ssr: false,
});

/** Search, grouping, columns, download. */
export function RunsToolbar({
  experiment,
  view,
  names,
  columns,
  error,
  onChange,
  children,
}: {
  experiment: string;
  view: RunsView;
  names: ColumnNames | undefined;
  columns: readonly RunColumn[];
  error: unknown;
  onChange: (change: Partial<RunsView>) => void;
  /** Stands last. */
  children: ReactNode;
}) {
  return (
    <div className="mb-2 flex flex-wrap items-start gap-2">
      <SearchBox value={view.q} names={names} error={error} onSearch={(q) => onChange({ q })} />
      <div className="flex flex-wrap items-center gap-2">
        <GroupSelect view={view} names={names} onChange={onChange} />
        <Popover>
          <PopoverTrigger asChild>
            <Button disabled={!names}>
              <Columns3 aria-hidden="true" />
              Columns
            </Button>
          </PopoverTrigger>
          <PopoverContent align="end" aria-label="Columns" className="w-96">
            {names ? (
              <ColumnPicker names={names} chosen={columns} onChange={(cols) => onChange({ cols })} />
            ) : null}
          </PopoverContent>
        </Popover>
        <Button asChild>
          <a href={runsUrl(experiment, { ...searchParams(view), format: "csv" })} download>
            <Download aria-hidden="true" />
            CSV
          </a>
        </Button>
        {children}
      </div>
    </div>
  );
}

function GroupSelect({
  view,
  names,
  onChange,
}: {
  view: RunsView;
  names: ColumnNames | undefined;
  onChange: (change: Partial<RunsView>) => void;
}) {
  return (
    <Select
      aria-label="Group by"
      className="max-w-44"
      value={view.group ?? ""}
      onChange={(event) => onChange({ group: event.target.value || null })}
    >
      <option value="">no groups</option>
      {(["params", "tags"] as const).map((kind) => {
        const keys = (names?.[kind] ?? []).filter((key) => kind !== "tags" || !isSystemTag(key));
        return keys.length === 0 ? null : (
          <optgroup key={kind} label={kind === "params" ? "by param" : "by tag"}>
            {keys.slice(0, 300).map((key) => (
              <option key={key} value={`${kind}.${key}`}>
                by {key}
              </option>
            ))}
          </optgroup>
        );
      })}
    </Select>
  );
}
