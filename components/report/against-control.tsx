"use client";

import { useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatWindow } from "@/lib/charts/format";
import type { Window } from "@/lib/wire";
import { Control } from "./control";
import { WindowFields } from "./window-fields";

/** What the window is held against: the baseline, the period before it, or a window of one's own. */
export function AgainstControl({
  against,
  label,
  suggestion,
  onChange,
}: {
  against: string;
  /** What the server calls the reference in use. */
  label: string | null;
  /** What the fields begin with. */
  suggestion: Window | null;
  onChange: (against: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const own = referenceWindow(against);
  const pick = (next: string) => {
    setOpen(false);
    onChange(next);
  };
  const shown = own
    ? formatWindow(own)
    : (label ?? (against === "previous" ? "previous period" : "baseline"));
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Control name="against" value={shown} />
      </PopoverTrigger>
      <PopoverContent aria-label="Compare against" align="end">
        <ul className="mb-3 flex flex-col">
          {[
            ["baseline", "Baseline", "what the model was trained or frozen on"],
            ["previous", "Previous period", "as long, just before the window"],
          ].map(([value, name, note]) => (
            <li key={value}>
              <button
                type="button"
                aria-pressed={against === value}
                onClick={() => pick(value ?? "baseline")}
                className="flex w-full flex-col rounded-sm px-2 py-1 text-left hover:bg-hover aria-pressed:bg-selected"
              >
                {name}
                <span className="text-2xs text-mute">{note}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="mb-1 px-2 text-2xs text-mute">or a window of your own:</p>
        <WindowFields
          key={against}
          window={own ?? suggestion}
          action="Compare against this"
          onSubmit={({ from, to }) => pick(`${from}/${to}`)}
        />
      </PopoverContent>
    </Popover>
  );
}

/** "{from}/{to}" as a window; null for baseline and previous. */
export function referenceWindow(against: string): Window | null {
  const [from, to] = against.split("/");
  return from && to ? { from, to } : null;
}
