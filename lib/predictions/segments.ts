import type { Database } from "@/lib/db/client";
import { categoryValues, getVersion, PREDICTION, type VersionRecord } from "@/lib/models/store";
import { CODES } from "@/lib/summaries/binner";
import { readWindow } from "@/lib/summaries/read";
import { readDataSpan } from "@/lib/summaries/store";
import { parseSpan } from "@/lib/summaries/window";
import type { SegmentList } from "./schema";

const MOST_VALUES = 100;

/** What reports can be cut by: segment keys, categorical features and the predicted class, with their rows in a window. */
export async function reportSegments(
  db: Database,
  request: {
    model: string;
    version: string;
    from?: string | null | undefined;
    to?: string | null | undefined;
  },
): Promise<SegmentList> {
  const record = await getVersion(db, request.model, request.version);
  const dimensions = dimensionsOf(record);
  const data = await readDataSpan(db, record);
  if (dimensions.length === 0 || !data) return { dimensions: [] };
  const { from, to } = request;
  const span = parseSpan({
    from: from || new Date(data.fromMs).toISOString(),
    to: to || new Date(data.toMs).toISOString(),
  });
  const bins = new Map(dimensions.map(({ id }) => [id, CODES]));
  const [counted, names] = await Promise.all([
    readWindow(db, record, { span, bins }),
    categoryValues(
      db,
      record,
      dimensions.flatMap(({ id }) => (id > 0 ? [id] : [])),
    ),
  ]);
  return {
    dimensions: dimensions.map(({ id, name, role }) => {
      const counts = [...counted.columns.get(id)!.counts]
        .filter(([, n]) => n > 0)
        .sort(([, a], [, b]) => b - a);
      const word = (code: number) =>
        id === PREDICTION ? record.classes[code - 1] : names.get(id)?.get(code);
      return {
        name,
        role,
        distinct: counts.length,
        values: counts.slice(0, MOST_VALUES).map(([code, n]) => ({ value: word(code) ?? String(code), n })),
      };
    }),
  };
}

export type Dimension = { id: number; name: string; role: "feature" | "segment" };

/** What a version's rows can be cut by. */
export function dimensionsOf(record: VersionRecord): Dimension[] {
  const { columns } = record;
  const segments = columns.filter((column) => column.role === "segment");
  // A segment key and a feature may share a name; the key is what a report then cuts by.
  const features = columns.filter(
    (column) =>
      column.role === "feature" &&
      column.type === "categorical" &&
      !segments.some((segment) => segment.name === column.name),
  );
  const predicted =
    record.task === "classification" && !columns.some((column) => column.name === "prediction")
      ? [{ id: PREDICTION, name: "prediction", role: "segment" as const }]
      : [];
  return [...segments, ...features, ...predicted].map(({ id, name, role }) => ({ id, name, role }));
}
