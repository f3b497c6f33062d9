import { Children, type ReactNode, startTransition, useEffect, useState } from "react";

/**
 * Draws its children from top to bottom, each in a task of its own: all charts and tables of a report at once would hold
 * the page's thread for longer than a person does not notice. Once they are there, they are drawn together.
 */
export function Piecewise({ children }: { children: ReactNode }) {
  const parts = Children.toArray(children);
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= parts.length) return;
    const timer = setTimeout(() => startTransition(() => setDrawn(drawn + 1)));
    return () => clearTimeout(timer);
  }, [drawn, parts.length]);
  return parts.slice(0, drawn);
}
