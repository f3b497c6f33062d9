import type { Database } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { type Counted, readWindow } from "@/lib/summaries/read";
import type { Span } from "@/lib/summaries/window";
import type { DriftColumn } from "./columns";
import type { Side } from "./compare-numbers";
import type { Reference } from "./resolve";

/** Both sides of every column. A reference of null: it has no such column. */
export type DriftSides = {
  n: number;
  nReference: number;
  of: (column: DriftColumn) => { reference: Side | null; current: Side };
};

/** Sides from summaries: costs days and columns, however many predictions. */
export async function readSides(
  db: Database,
  record: VersionRecord,
  { span, reference, columns }: { span: Span; reference: Reference; columns: readonly DriftColumn[] },
): Promise<DriftSides> {
  const bins = new Map(columns.map((column) => [column.id, column.bins]));
  const read = (window: Span): Promise<Counted> => readWindow(db, record, { span: window, bins });
  const [current, before] = await Promise.all([read(span), reference.span && read(reference.span)]);
  const side = (counted: Counted, id: number): Side => ({
    histogram: counted.columns.get(id) ?? emptyHistogram(),
  });
  return {
    n: current.n,
    nReference: before ? before.n : reference.rows!,
    of: (column) => ({
      current: side(current, column.id),
      reference: before ? side(before, column.id) : baselineSide(column),
    }),
  };
}

export function baselineSide({ baseline }: DriftColumn): Side | null {
  return baseline && { histogram: baseline.histogram };
}
