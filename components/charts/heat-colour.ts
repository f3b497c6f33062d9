/** A place from 0 to 1 as a colour of the heat scale; what has no place is pale. */
export const heatColour = (place: number | null): string =>
  place === null
    ? "var(--chart-floor)"
    : `color-mix(in oklab, var(--heat-7) ${Math.round(place * 100)}%, var(--heat-3))`;
