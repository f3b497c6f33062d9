const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A session that nobody uses for so long has ended. */
export const IDLE_MS = 14 * DAY_MS;
/** However much it is used, somebody signs in anew after so long. Its cookie lasts as long. */
export const LONGEST_MS = 60 * DAY_MS;
/** Use is written down so often at most: a page makes a dozen requests. */
export const NOTED_MS = HOUR_MS;
