"use client";

import { formatAgo, formatTime } from "@/lib/charts/format";
import { useNow } from "./use-now";

/** "3 min ago", kept up to date, with the exact time in UTC behind it. */
export function Ago({ time, className }: { time: string; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={time} title={formatTime(time)} className={className}>
      {formatAgo(time, now)}
    </time>
  );
}
