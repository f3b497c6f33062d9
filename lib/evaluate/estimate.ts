import type { Interval } from "@/lib/stats/interval";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import type { Estimate } from "./schema";

export const NOTHING: Estimate = { value: null, low: null, high: null };

export function estimate(value: number | null | undefined, interval?: Interval | null): Estimate {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const bounds = interval && Number.isFinite(interval.lower) && Number.isFinite(interval.upper);
  return { value, low: bounds ? interval.lower : null, high: bounds ? interval.upper : null };
}

/** A proportion with Wilson's interval; nothing for 0/0. */
export function proportion(hits: number, n: number): Estimate {
  return n > 0 ? estimate(hits / n, wilsonInterval({ hits, n })) : NOTHING;
}

/** As `proportion`, where 0/0 counts as 0, which is what scikit-learn's precision, recall and F1 say. */
export function shareOrZero(hits: number, n: number): Estimate {
  return n > 0 ? proportion(hits, n) : estimate(0);
}
