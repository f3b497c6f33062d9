const COLOURS = 8;
const DASHES = ["", "6 3", "2 2", "8 2 2 2"];

/** How the nth of several lines is drawn: after eight colours the line is broken, so that no two look the same soon. */
export const seriesLook = (place: number) => ({
  colour: `var(--series-${place % COLOURS})`,
  dash: DASHES[Math.floor(place / COLOURS) % DASHES.length] || undefined,
});
