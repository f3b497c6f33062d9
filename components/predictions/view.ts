import type { PredictionsParams } from "@/lib/predictions/query";

export const LABEL_STATES = ["any", "labelled", "unlabelled", "correct", "wrong", "error"] as const;
export type LabelState = (typeof LABEL_STATES)[number];

/** What the explorer looks at; all of it is in the URL. */
export type PredictionsView = {
  from: string | null;
  to: string | null;
  /** "field:op:value", all of them must hold. */
  filter: string[];
  label: LabelState;
  order: "desc" | "asc";
  /** The id of the row that is open. */
  row: string | null;
};

/** What the server is asked for, whole: for the download too. */
export const paramsOf = ({ from, to, filter, label, order }: PredictionsView): PredictionsParams => ({
  from,
  to,
  filter,
  label: label === "any" ? undefined : label,
  order: order === "desc" ? undefined : order,
});

/** A page of rows. */
export const pageParams = (view: PredictionsView): PredictionsParams => ({ ...paramsOf(view), limit: 200 });
