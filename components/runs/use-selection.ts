import { useCallback, useState } from "react";
import { MOST_COMPARED } from "@/lib/experiments/address";

/** Runs picked for comparison, in the order in which they were picked; they stay picked on other pages and filters. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((runs: readonly string[], on: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      for (const run of runs) {
        if (!on) after.delete(run);
        else if (after.size < MOST_COMPARED) after.add(run);
      }
      return after;
    });
  }, []);
  return { chosen, toggle, clear: useCallback(() => setChosen(new Set<string>()), []) };
}
