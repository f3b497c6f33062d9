"use client";

import { useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatWindow } from "@/lib/charts/format";
import type { Window } from "@/lib/wire";
import { Control } from "./control";
import { preparePresets } from "./presets";
import { WindowFields } from "./window-fields";

/** Which predictions the report is about. */
export function WindowControl({
  window,
  chosen,
  latest,
  data,
  onChange,
}: {
  /** The window in use, as the server answered it. */
  window: Window | null;
  /** false: nobody chose one, the report follows the data. */
  chosen: boolean;
  /** What the server answers where nobody chose: "Latest 7 days". */
  latest: string;
  /** The span of all data. */
  data: { from: number; to: number } | null;
  onChange: (window: Window | null) => void;
}) {
  const [open, setOpen] = useState(false);
  const pick = (next: Window | null) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Control
          name="window"
          value={window ? `${formatWindow(window)}${chosen ? "" : ", latest"}` : latest.toLowerCase()}
        />
      </PopoverTrigger>
      <PopoverContent aria-label="Window" align="end">
        <ul className="mb-3 flex flex-col">
          {preparePresets(latest, data).map((preset) => (
            <li key={preset.name}>
              <button
                type="button"
                onClick={() => pick(preset.window)}
                className="flex w-full items-baseline gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                {preset.name}
                {preset.note ? <span className="text-2xs text-mute">{preset.note}</span> : null}
              </button>
            </li>
          ))}
        </ul>
        <WindowFields
          key={`${window?.from} ${window?.to}`}
          window={window}
          action="Use this window"
          onSubmit={pick}
        />
      </PopoverContent>
    </Popover>
  );
}
