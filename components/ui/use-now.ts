import { useContext, useEffect, useState } from "react";
import { RenderedAt } from "./rendered-at";

/** The present in milliseconds, renewed every `everyMs`. */
export function useNow(everyMs = 10_000): number {
  const renderedAt = useContext(RenderedAt);
  const [now, setNow] = useState(() => renderedAt ?? Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
