export const experimentHref = (id: string) => `/experiments/${encodeURIComponent(id)}`;
export const runHref = (id: string) => `/runs/${encodeURIComponent(id)}`;

/** More lines in a chart are nobody's picture; histories are read for as many at most. */
export const MOST_COMPARED = 100;

/** Runs that a search brings into a comparison; more lines become a mean with a band. */
export const MOST_SEARCHED = 1000;

/** A comparison of all that a search finds in an experiment, or of the children of a run. */
export const compareSearchHref = (
  experiment: string,
  { q, ...params }: { q?: string; parent?: string; tab?: string },
) => `/compare?${new URLSearchParams({ experiment, ...params, ...(q ? { q } : {}) })}`;

export const compareHref = (runIds: readonly string[], params: Record<string, string> = {}) =>
  `/compare?${new URLSearchParams({ ...params, runs: runIds.slice(0, MOST_COMPARED).join(",") })}`;
