import { type RefObject, useEffect } from "react";

const PLACES: Record<string, string> = {
  g: "Gates",
  e: "Evidence",
  c: "Champion and challenger",
};

/** Single keys, as long as nothing is being typed: to the words, and to each part of the page. */
export function useReviewKeys(words: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        at.matches("input, textarea, select, [contenteditable]")
      )
        return;
      if (event.key === "w") {
        event.preventDefault();
        words.current?.focus();
        return;
      }
      const place = PLACES[event.key];
      const section = place
        ? document.querySelector<HTMLElement>(`main section[aria-label="${place}"]`)
        : null;
      if (!section) return;
      event.preventDefault();
      section.tabIndex = -1;
      section.focus();
      section.scrollIntoView({ block: "start" });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [words]);
}
