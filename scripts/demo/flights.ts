import { type FlightTable, firstRowAt, MINUTES_PER_DAY, minuteOf, readFlights } from "./flight-table";
import { flightMinutes, recentDelays } from "./recent-delay";
import { readRegions } from "./region";

/**
 * What the model reads, all known when the aircraft leaves the gate. The day of the week is not among them on
 * purpose: each single day would differ from January by six sevenths, a drift that says nothing.
 */
export interface FlightFeatures {
  /** 0 to 23, on the origin's clock. The actual hour: the scheduled one is not in the file. */
  departure_hour: number;
  /** Miles. */
  distance: number;
  origin: string;
  destination: string;
  /** Minutes; null when no flight from there landed within the last three hours. See `recentDelays`. */
  recent_delay_at_origin: number | null;
}

export const NUMERIC = ["recent_delay_at_origin", "departure_hour", "distance"] as const;
export const CATEGORICAL = ["origin", "destination"] as const;

export interface Flight {
  /** `fl-` and the row in the file: the same in every run. */
  id: string;
  /** Minutes since 1970 on the origin's clock. */
  departure: number;
  /** When the label becomes known: departure plus the estimated time gate to gate, on the same clock. */
  landing: number;
  features: FlightFeatures;
  region: string;
  label: FlightLabel;
}

export type FlightLabel = "late" | "on_time";

/** Arriving more than this many minutes late is late. */
const LATE_AFTER_MINUTES = 15;

export const MODEL = "flight-delay";

/** January, what the model learnt from; the months after it, what it was used on. Half-open. */
export const JANUARY = { from: minuteOf("2001-01-01"), to: minuteOf("2001-02-01") };
export const LOGGED = { from: JANUARY.to, to: minuteOf("2001-07-01") };

/** All flights, with their features computed over all of them: a sample has the values of the full stream. */
export class Flights {
  private constructor(
    readonly table: FlightTable,
    readonly recent: Float32Array,
    private readonly regions: Map<string, string>,
  ) {}

  static async read(): Promise<Flights> {
    const table = await readFlights();
    return new Flights(table, recentDelays(table), readRegions());
  }

  /** Rows `[from, to)` of a span of departures `[from, to)`. */
  rows({ from, to }: { from: number; to: number }): { from: number; to: number } {
    return { from: firstRowAt(this.table, from), to: firstRowAt(this.table, to) };
  }

  at(row: number): Flight {
    const { airports } = this.table;
    const departure = this.table.departure[row]!;
    const distance = this.table.distance[row]!;
    const origin = airports[this.table.origin[row]!]!;
    return {
      id: `fl-${row}`,
      departure,
      landing: departure + flightMinutes(distance),
      features: {
        departure_hour: Math.floor((departure % MINUTES_PER_DAY) / 60),
        distance,
        origin,
        destination: airports[this.table.destination[row]!]!,
        recent_delay_at_origin: rounded(this.recent[row]!),
      },
      region: this.regions.get(origin) ?? "Territories",
      label: this.isLate(row) ? "late" : "on_time",
    };
  }

  isLate(row: number): boolean {
    return this.table.delay[row]! > LATE_AFTER_MINUTES;
  }

  /** The flights of a span in the order of their departure, or every `every`th row of the file among them. */
  *stream(
    span: { from: number; to: number },
    takes: (row: number) => boolean = () => true,
  ): Generator<Flight> {
    const { from, to } = this.rows(span);
    for (let row = from; row < to; row++) if (takes(row)) yield this.at(row);
  }
}

/** A 32-bit float read back as the tenth that was stored. */
function rounded(value: number): number | null {
  return Number.isNaN(value) ? null : Math.round(value * 10) / 10;
}
