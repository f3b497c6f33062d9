import type { Bucket, Window } from "@/lib/wire";

/** What a report's page looks at: everything another person must see, so all of it is in the URL. */
export type ReportView = {
  /** Both or neither; neither = the latest week with data. */
  from: string | null;
  to: string | null;
  /** "name:value" */
  segment: string | null;
  bucket: Bucket;
};

export type DriftView = ReportView & {
  /** "baseline", "previous" or "{from}/{to}". */
  against: string;
  exact: boolean;
  feature: string | null;
};

export type ChangeView<View> = (change: Partial<View>) => void;

/** Seconds and offset as the API takes them: "2001-02-22T00:00:00Z". */
export const toWire = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

export const wireWindow = (span: { from: number; to: number }): Window => ({
  from: toWire(span.from),
  to: toWire(span.to),
});
