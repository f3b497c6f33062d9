export type Domain = [number, number];

/** Round numbers that cut a domain into about `count` parts, inside the domain. */
export function roundTicks([low, high]: Domain, count = 3): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    // A sum of steps drifts (0.30000000000000004); a product rounded to the step does not.
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** The span of all finite values, widened by `pad` of itself so that no line touches its lane's edge. */
export function domainOf(values: readonly (number | null | undefined)[], pad = 0.08): Domain | null {
  const finite = values.filter((value): value is number => Number.isFinite(value ?? Number.NaN));
  if (finite.length === 0) return null;
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const room = high > low ? (high - low) * pad : Math.max(Math.abs(high) * pad, 0.01);
  return [low - room, high + room];
}

/** A value's place in a lane `height` pixels high, larger values higher up. */
export const heightOf = ([low, high]: Domain, value: number, height: number) =>
  height - ((value - low) / (high - low || 1)) * height;
