"use client";

import { BUCKETS } from "@/lib/charts/time-axis";
import type { Bucket } from "@/lib/wire";

/** How finely time is cut. */
export function BucketSwitch({ bucket, onChange }: { bucket: Bucket; onChange: (bucket: Bucket) => void }) {
  return (
    <fieldset className="flex overflow-hidden rounded-md border border-line">
      <legend className="sr-only">Bucket</legend>
      {BUCKETS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={bucket === each}
          onClick={() => onChange(each)}
          className="border-line border-l px-2 py-0.5 text-soft text-xs -outline-offset-2 first:border-l-0 hover:bg-hover aria-pressed:bg-selected aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {each}
        </button>
      ))}
    </fieldset>
  );
}
