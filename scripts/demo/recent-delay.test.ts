import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flightMinutes, recentDelays } from "./recent-delay";

interface Departure {
  minute: number;
  origin: number;
  delay: number;
  distance: number;
}

function recent(flights: Departure[]): Float32Array {
  return recentDelays({
    departure: Int32Array.from(flights, ({ minute }) => minute),
    delay: Int16Array.from(flights, ({ delay }) => delay),
    distance: Int16Array.from(flights, ({ distance }) => distance),
    origin: Uint16Array.from(flights, ({ origin }) => origin),
    airports: ["ORD", "LAX"],
  });
}

/** The definition, word for word and slowly. */
function byDefinition(flights: Departure[], at: number): number {
  const now = flights[at]!.minute;
  const known = flights.filter(({ origin, minute, distance }) => {
    const landing = minute + flightMinutes(distance);
    return origin === flights[at]!.origin && landing < now && landing >= now - 180;
  });
  const mean = known.reduce((sum, { delay }) => sum + delay, 0) / known.length;
  return known.length === 0 ? Number.NaN : Math.fround(Math.round(mean * 10) / 10);
}

const departures = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 10_000, max: 11_500 }),
      origin: fc.integer({ min: 0, max: 1 }),
      delay: fc.integer({ min: -60, max: 400 }),
      distance: fc.integer({ min: 21, max: 4_962 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((flights) => flights.sort((a, b) => a.minute - b.minute));

describe("the recent delay at the origin", () => {
  it("is the mean delay of the flights from there that have landed", () => {
    // 75 miles are 55 minutes: both land by 10,056, so the flight at 10,060 knows them, the one at 10,050 does not
    const flights = [
      { minute: 10_000, origin: 0, delay: 30, distance: 75 },
      { minute: 10_001, origin: 0, delay: 5, distance: 75 },
      { minute: 10_050, origin: 0, delay: 0, distance: 75 },
      { minute: 10_060, origin: 0, delay: 0, distance: 75 },
      { minute: 10_060, origin: 1, delay: 0, distance: 75 },
    ];
    expect([...recent(flights)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 17.5, Number.NaN]);
  });

  it("forgets a landing after three hours", () => {
    const first = { minute: 10_000, origin: 0, delay: 30, distance: 75 };
    const later = (minute: number) => recent([first, { ...first, minute }])[1];
    expect(later(10_055 + 180)).toBe(30);
    expect(later(10_055 + 181)).toBe(Number.NaN);
  });

  it("is what the definition says, for any flights", () => {
    fc.assert(
      fc.property(departures, (flights) => {
        expect([...recent(flights)]).toEqual(flights.map((_, at) => byDefinition(flights, at)));
      }),
    );
  });

  it("does not change when a flight that is still in the air, or leaves later, turns out otherwise", () => {
    fc.assert(
      fc.property(departures, fc.nat(), fc.integer({ min: -60, max: 400 }), (flights, pick, delay) => {
        const at = pick % flights.length;
        const now = flights[at]!.minute;
        const otherwise = flights.map((flight) =>
          flight.minute + flightMinutes(flight.distance) >= now ? { ...flight, delay } : flight,
        );
        expect(recent(otherwise).slice(0, at + 1)).toEqual(recent(flights).slice(0, at + 1));
      }),
    );
  });
});
