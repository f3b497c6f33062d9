import type { VersionSummary } from "@/lib/models/schema";
import type { Window } from "@/lib/wire";

/** First and last logged prediction of a version; null where there is none. */
export const loggedWindow = ({ first_prediction_at, last_prediction_at }: VersionSummary): Window | null =>
  first_prediction_at && last_prediction_at ? { from: first_prediction_at, to: last_prediction_at } : null;
