import type { FlightTable } from "./flight-table";

/** How far back the feature looks: long enough that most airports have seen a landing, short enough to be news. */
const WINDOW_MINUTES = 180;

/**
 * Gate to gate, estimated from the distance, in minutes: 45 on the ground, then 450 miles an hour. The file has
 * no arrival time. The estimate is on the long side of 2001's block times (LAX to JFK: 375), so that a delay is
 * rather known to the feature a little later than in life than earlier.
 */
export const flightMinutes = (distanceMiles: number) => Math.round(45 + distanceMiles / 7.5);

/** The longest flight in the air that the feature must remember; a ring of minutes holds all of them. */
const RING_MINUTES = 1_024;

/**
 * Mean arrival delay, in minutes, of the flights that left an airport and landed within the last three hours,
 * at each flight's departure from there.
 *
 * Only flights with estimated landing *before* this departure count, since an arrival delay is known at landing.
 * Counting the last departures instead, the ones still in the air included, would look much better (AUC 0.69
 * instead of 0.66 for this feature alone in January) and would be a leak.
 *
 * All times are on the origin's wall clock, where "three hours ago" needs no time zone (except in the night of
 * 1 April, when the clocks are put forward).
 *
 * @returns one value per flight, rounded to a tenth of a minute; NaN when no such flight landed in the window
 *   (7 % of flights: early morning, small airports). O(flights), and memory for what is in the air and in the
 *   window only, beside the result.
 */
export function recentDelays(table: Omit<FlightTable, "rows" | "destination">): Float32Array {
  const { departure, delay, distance, origin, airports } = table;
  const recent = new Float32Array(departure.length);
  const window = new DelayWindow(airports.length);
  const inTheAir: number[][] = Array.from({ length: RING_MINUTES }, () => []);
  let clock = departure[0] ?? 0;
  for (let row = 0; row < departure.length; row++) {
    const now = departure[row]!;
    for (; clock < now; clock++) {
      const landing = inTheAir[clock % RING_MINUTES]!;
      for (const landed of landing) window.add(origin[landed]!, clock, delay[landed]!);
      landing.length = 0;
    }
    recent[row] = window.mean(origin[row]!, now);
    const minutes = flightMinutes(distance[row]!);
    if (minutes >= RING_MINUTES) throw new RangeError(`a flight of ${distance[row]} miles outlasts the ring`);
    inTheAir[(now + minutes) % RING_MINUTES]!.push(row);
  }
  return recent;
}

/** Sums per airport and minute over a moving window; time may only go forward within an airport. */
class DelayWindow {
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;
  readonly #sum: Float64Array;
  readonly #count: Uint32Array;
  /** The latest minute that each airport's window reaches, exclusive. */
  readonly #until: Int32Array;

  constructor(airports: number) {
    this.#sums = new Float64Array(airports * WINDOW_MINUTES);
    this.#counts = new Uint32Array(airports * WINDOW_MINUTES);
    this.#sum = new Float64Array(airports);
    this.#count = new Uint32Array(airports);
    this.#until = new Int32Array(airports);
  }

  add(airport: number, minute: number, delay: number): void {
    this.#forward(airport, minute + 1);
    const slot = airport * WINDOW_MINUTES + (minute % WINDOW_MINUTES);
    this.#sums[slot]! += delay;
    this.#counts[slot]! += 1;
    this.#sum[airport]! += delay;
    this.#count[airport]! += 1;
  }

  /** Mean over landings in `[now - window, now)`, to a tenth of a minute. */
  mean(airport: number, now: number): number {
    this.#forward(airport, now);
    const count = this.#count[airport]!;
    return count === 0 ? Number.NaN : Math.round((10 * this.#sum[airport]!) / count) / 10;
  }

  /** Forgets the minutes that fall out when the window's end moves to `until`. */
  #forward(airport: number, until: number): void {
    const from = Math.max(this.#until[airport]!, until - WINDOW_MINUTES);
    for (let minute = from; minute < until; minute++) {
      const slot = airport * WINDOW_MINUTES + (minute % WINDOW_MINUTES);
      this.#sum[airport]! -= this.#sums[slot]!;
      this.#count[airport]! -= this.#counts[slot]!;
      this.#sums[slot] = 0;
      this.#counts[slot] = 0;
    }
    this.#until[airport] = Math.max(this.#until[airport]!, until);
  }
}
