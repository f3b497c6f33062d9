export const experimentHref = (id: string) => `/experiments/${encodeURIComponent(id)}`;

/** The table of runs as a saved view has it; `view` names it, so that the page can say which it is. */
export const runsViewHref = (experiment: string, query: string, view: string | null) =>
  `${experimentHref(experiment)}?${withView(query, view)}`;
/** A comparison as a saved view has it. */
export const compareViewHref = (query: string, view: string | null) => `/compare?${withView(query, view)}`;

const withView = (query: string, view: string | null) =>
  [query, view === null ? "" : `saved=${view}`].filter(Boolean).join("&");

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
