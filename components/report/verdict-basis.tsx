"use client";

import { Fragment } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

/** What the verdict rests on, in one quiet line, and what would turn it. */
export function VerdictBasis({ restsOn, turns }: { restsOn: readonly string[]; turns: readonly string[] }) {
  return (
    <p className="mb-3 text-mute">
      {restsOn.map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? " · " : ""}
          {part}
        </Fragment>
      ))}
      {turns.length > 0 ? (
        <>
          {" · "}
          <Popover>
            <PopoverTrigger className="text-accent hover:underline">
              what would change this verdict?
            </PopoverTrigger>
            <PopoverContent aria-label="What would change this verdict" className="w-96">
              <ul className="flex list-disc flex-col gap-1.5 pl-4">
                {turns.map((turn) => (
                  <li key={turn}>{turn}</li>
                ))}
              </ul>
            </PopoverContent>
          </Popover>
        </>
      ) : null}
    </p>
  );
}
