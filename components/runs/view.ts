/** What the runs table looks at; all of it is in the URL. */
export type RunsView = {
  /** MLflow's grammar, with OR. */
  q: string;
  /** A column, or `attributes.start_time` and the like. */
  sort: string;
  order: "asc" | "desc";
  /** Columns as the API takes them; null = a first choice. */
  cols: string[] | null;
  /** `params.lr` or `tags.team`: runs stand in groups. */
  group: string | null;
  /** Children stand under their parents. */
  nest: boolean;
  /** Only columns in which runs differ. */
  diff: boolean;
  view: "active" | "deleted";
  /** The saved view that was opened; the rest may have left it since. */
  saved: string | null;
};

/** Children stand under their parents only where every run is there to stand somewhere. */
export const isNested = ({ nest, q, view }: RunsView): boolean => nest && q === "" && view === "active";
