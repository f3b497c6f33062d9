/** What the table of evaluations can be sorted by. */
export const EVALUATION_SORTS = ["evaluated", "state", "file", "data", "rows", "result", "by"] as const;
export type EvaluationSort = (typeof EVALUATION_SORTS)[number];
