import { useCallback, useEffect } from "react";
import type { RunsView } from "./view";

type SetView = (change: Partial<RunsView>, options?: { history: "push" | "replace" }) => unknown;

const nameOf = (experiment: string) => `tidemark.columns.${experiment}`;

/** The columns chosen last in this browser stand where the URL names none. */
export function useSavedColumns(experiment: string, view: RunsView, setView: SetView) {
  const { cols, saved: opened } = view;
  useEffect(() => {
    // A saved view looks the same to everybody.
    const saved = cols === null && opened === null ? read(experiment) : null;
    if (saved) setView({ cols: saved }, { history: "replace" });
  }, [experiment, cols, opened, setView]);
  return useCallback(
    (change: Partial<RunsView>) => {
      if ("cols" in change) keep(experiment, change.cols ?? null);
      setView(change);
    },
    [experiment, setView],
  );
}

function read(experiment: string): string[] | null {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(nameOf(experiment)) ?? "null");
    return Array.isArray(saved) && saved.every((each) => typeof each === "string") ? saved : null;
  } catch {
    return null;
  }
}

function keep(experiment: string, cols: string[] | null): void {
  try {
    if (cols === null) localStorage.removeItem(nameOf(experiment));
    else localStorage.setItem(nameOf(experiment), JSON.stringify(cols));
  } catch {
    // A browser that keeps nothing still has the URL.
  }
}
