"use client";

import { useState } from "react";
import { Input, Select } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatCount, plural } from "@/lib/charts/format";
import type { SegmentList } from "@/lib/predictions/schema";
import { Control } from "./control";

/** One part of the traffic, by any dimension the rows carry. */
export function SegmentControl({
  segment,
  segments,
  onChange,
}: {
  segment: string | null;
  segments: SegmentList | undefined;
  onChange: (segment: string | null) => void;
}) {
  const dimensions = segments?.dimensions ?? [];
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [text, setText] = useState("");
  const current = segment?.slice(0, segment.indexOf(":")) ?? null;
  const dimension = dimensions.find((each) => each.name === (name ?? current)) ?? dimensions[0];
  const values =
    dimension?.values.filter(({ value }) => value.toLowerCase().includes(text.toLowerCase())) ?? [];
  const pick = (next: string | null) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Control name="segment" value={segment ?? "all"} />
      </PopoverTrigger>
      <PopoverContent aria-label="Segment" align="end">
        {segment !== null ? (
          <button
            type="button"
            onClick={() => pick(null)}
            className="mb-2 w-full rounded-sm px-2 py-1 text-left hover:bg-hover"
          >
            All predictions
          </button>
        ) : null}
        {!dimension ? (
          <p className="text-mute">
            No segments in this window. Log rows with <code className="font-mono">"segment"</code>, e.g.{" "}
            <code className="font-mono">{'{"carrier": "AA"}'}</code>, to cut reports by them.
          </p>
        ) : (
          <>
            <div className="mb-2 flex gap-2">
              <Select
                aria-label="Segment dimension"
                className="min-w-0 flex-1"
                value={dimension.name}
                onChange={(event) => setName(event.target.value)}
              >
                {dimensions.map((each) => (
                  <option key={each.name}>{each.name}</option>
                ))}
              </Select>
              <Input
                aria-label="Filter values"
                placeholder="filter"
                className="w-24"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
            <ul className="max-h-64 overflow-y-auto">
              {values.map(({ value, n }) => (
                <li key={value}>
                  <button
                    type="button"
                    aria-pressed={segment === `${dimension.name}:${value}`}
                    onClick={() => pick(`${dimension.name}:${value}`)}
                    className="flex w-full justify-between gap-3 rounded-sm px-2 py-1 text-left hover:bg-hover aria-pressed:bg-selected"
                  >
                    <span className="min-w-0 break-all">{value}</span>
                    <span className="text-mute">{formatCount(n)}</span>
                  </button>
                </li>
              ))}
            </ul>
            {values.length === 0 ? <p className="px-2 text-mute">No value contains “{text}”.</p> : null}
            {dimension.distinct > dimension.values.length ? (
              <p className="mt-1 px-2 text-2xs text-mute">
                The {dimension.values.length} most frequent of {plural(dimension.distinct, "value")}.
              </p>
            ) : null}
          </>
        )}
      </PopoverContent>
    </Popover>
  );
}
