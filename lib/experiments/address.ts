export const experimentHref = (id: string) => `/experiments/${encodeURIComponent(id)}`;
export const runHref = (id: string) => `/runs/${encodeURIComponent(id)}`;

/** More lines in a chart are nobody's picture; histories are read for as many at most. */
export const MOST_COMPARED = 100;

export const compareHref = (runIds: readonly string[], params: Record<string, string> = {}) =>
  `/compare?${new URLSearchParams({ ...params, runs: runIds.slice(0, MOST_COMPARED).join(",") })}`;
