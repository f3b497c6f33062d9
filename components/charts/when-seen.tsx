"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

/** Renders its children once they are about to be scrolled into view: what is heavy is fetched by who looks at it. */
export function WhenSeen({ className, children }: { className: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: "100px",
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className={className}>
      {seen ? children : null}
    </div>
  );
}
