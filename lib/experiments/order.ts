/** What the list of experiments may be sorted by. */
export const EXPERIMENT_SORTS = ["name", "updated", "created", "runs"] as const;
export type ExperimentSort = (typeof EXPERIMENT_SORTS)[number];
