import { asyncBufferFromFile, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { vegaData } from "./vega-data";

/** The file's columns, one typed array each: three million objects would not fit beside a server. */
export interface FlightTable {
  rows: number;
  /**
   * Minutes since 1970 of the *actual* departure from the gate, on the origin airport's own wall clock.
   * Ascending, so rows are in order of these local clocks, not of one world clock.
   */
  departure: Int32Array;
  /** Minutes by which the flight *arrived* late; negative when early. */
  delay: Int16Array;
  /** Miles. */
  distance: Int16Array;
  /** Indexes into `airports`. */
  origin: Uint16Array;
  destination: Uint16Array;
  airports: string[];
}

export const MINUTES_PER_DAY = 1_440;

/** Minutes since 1970 of a moment such as `2001-02-01`, read on the same clock as `departure`. */
export const minuteOf = (iso: string) => Date.parse(iso) / 60_000;

/** The clock as RFC 3339. It is local time written as if it were UTC, since the file has no time zone. */
export const isoOf = (minute: number) => new Date(minute * 60_000).toISOString();

/**
 * Reads `flights-3m.parquet` of vega-datasets: US domestic flights of January to June 2001, as reported to the
 * Bureau of Transportation Statistics. About 3 s.
 *
 * What the columns are is not written beside the file. `scripts/flights.py` of vega-datasets makes them, and the
 * data agrees:
 * - `date` is scheduled departure plus departure delay, that is the **actual** departure: the few flights
 *   that leave at 3 a.m. arrive 105 minutes late on average, and their minutes are hardly rounded to five.
 *   The scheduled time is not in the file and cannot be worked out from it.
 * - `delay` is the **arrival** delay in minutes, so it is known at landing and not before.
 * - Cancelled and diverted flights are left out (they have no arrival delay). That is why storms show as delay
 *   and as slightly fewer flights, never as cancellations.
 * - There is no carrier, no flight number, no arrival time. No column has a null.
 * - Two delays are below −900 minutes and surely wrong. They stay: real data has such rows.
 * - Six flights leave in the first minute of July; the demo ends with June.
 */
export async function readFlights(): Promise<FlightTable> {
  const path = vegaData("flights-3m.parquet");
  const file = await asyncBufferFromFile(path);
  const columns = new Map<string, { start: number; values: ArrayLike<unknown> }[]>();
  await parquetRead({
    file,
    compressors,
    onChunk({ columnName, columnData, rowStart }) {
      const chunks = columns.get(columnName) ?? [];
      chunks.push({ start: rowStart, values: columnData });
      columns.set(columnName, chunks);
    },
  });
  const chunksOf = (name: string) => {
    const chunks = columns.get(name);
    if (!chunks)
      throw new Error(`${path} has no column "${name}": is vega-datasets the version of package.json?`);
    return chunks;
  };
  const rows = chunksOf("date").reduce((sum, { values }) => sum + values.length, 0);
  const airports: string[] = [];
  const codes = new Map<string, number>();
  const codeOf = (airport: string) => {
    const known = codes.get(airport);
    if (known !== undefined) return known;
    codes.set(airport, airports.length);
    return airports.push(airport) - 1;
  };
  const fill = <T extends Int32Array | Int16Array | Uint16Array>(
    column: T,
    name: string,
    read: (raw: unknown) => number,
  ) => {
    for (const { start, values } of chunksOf(name)) {
      for (let i = 0; i < values.length; i++) column[start + i] = read(values[i]);
    }
    columns.delete(name);
    return column;
  };
  return {
    rows,
    departure: fill(new Int32Array(rows), "date", (raw) => (raw as Date).getTime() / 60_000),
    delay: fill(new Int16Array(rows), "delay", Number),
    distance: fill(new Int16Array(rows), "distance", Number),
    origin: fill(new Uint16Array(rows), "origin", (raw) => codeOf(raw as string)),
    destination: fill(new Uint16Array(rows), "destination", (raw) => codeOf(raw as string)),
    airports,
  };
}

/** The first row that departs at `minute` or later. */
export function firstRowAt({ departure, rows }: FlightTable, minute: number): number {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (departure[middle]! < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}
