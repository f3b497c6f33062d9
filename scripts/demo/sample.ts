import { MINUTES_PER_DAY } from "./flight-table";
import { type Flight, LOGGED } from "./flights";

/** Every twelfth row of the file: about 1,400 flights a day, enough for a daily D with a noise of about 0.04. */
const SAMPLE = 12;
/** Every 120th row comes first, so that all five months are on the screen within seconds. */
const FIRST_LOOK = 120;
/** A tenth of January is the baseline: about 50,000 flights. */
const BASELINE = 10;

export interface Pass {
  name: string;
  takes: (row: number) => boolean;
}

/** The rows to log, in the order of passes; no row is in two of them. Systematic, so the same in every run. */
export function passesOf(full: boolean): Pass[] {
  const step = full ? 1 : SAMPLE;
  return [
    { name: "first look", takes: (row) => row % FIRST_LOOK === 0 },
    { name: "the rest", takes: (row) => row % step === 0 && row % FIRST_LOOK !== 0 },
  ];
}

export const isBaseline = (row: number) => row % BASELINE === 0;

/** Airlines report within a day and a half. That delay is made up; everything else about the flights is real. */
const LONGEST_REPORT_MINUTES = 1.5 * MINUTES_PER_DAY;

/**
 * When the label of a flight reaches us: at landing, plus between 0 and 36 hours until the airline reports,
 * evenly spread over the flights by their number. The demo's "now" is the end of June, so that the labels of
 * its last 36 hours are in part still on their way, as they are on the last days of any real service.
 */
export function reportedAt({ id, landing }: Pick<Flight, "id" | "landing">): number {
  const share = (Math.imul(Number(id.slice(3)), 2_654_435_761) >>> 0) / 2 ** 32;
  return landing + share * LONGEST_REPORT_MINUTES;
}

export const isReported = (flight: Pick<Flight, "id" | "landing">) => reportedAt(flight) < LOGGED.to;
