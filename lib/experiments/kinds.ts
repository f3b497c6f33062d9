/** What a column of the runs table may hold. */
export const COLUMN_KINDS = ["metrics", "params", "tags"] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/** Which value of a metric stands in the table; `best` is an extreme, by what the metric's name says is better. */
export const METRIC_VALUES = ["last", "best", "min", "max"] as const;
export type MetricValue = (typeof METRIC_VALUES)[number];
