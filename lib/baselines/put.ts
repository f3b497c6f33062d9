import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { ensureVersion, getVersion, LABEL, PREDICTION, SCORE } from "@/lib/models/store";
import { measureBaseline } from "@/lib/performance/baseline";
import { measureOf } from "@/lib/performance/outcome";
import type { Window } from "@/lib/wire";
import { readCsv } from "./csv";
import { describeColumn, isCoded } from "./describe";
import { type EncodedBaseline, encodeTable } from "./encode";
import { freezeWindow } from "./freeze";
import { readNdjson } from "./ndjson";
import { readParquet } from "./parquet";
import type { BaselineReceipt } from "./schema";
import {
  type BaselineFeature,
  type BaselineSource,
  dropColumns,
  finishBaseline,
  reserveBaseline,
  writeColumn,
} from "./store";
import { Table } from "./table";

export type BaselineInput =
  | { kind: "csv" | "ndjson"; bytes: AsyncIterable<Uint8Array>; fileName: string | null }
  | { kind: "parquet"; bytes: Uint8Array; fileName: string | null }
  | { kind: "window"; window: Window };

export type PutBaseline = {
  model: string;
  version: string;
  input: BaselineInput;
  /** Who, for the audit log. */
  actor?: string;
};

/**
 * Makes a file, or a window of logged predictions, the reference sample of a version. When it returns, the baseline
 * stands and new rows are counted in its bins; rows logged before still have to be counted anew (rebuildSummaries).
 * @throws TidemarkError `bad_request` for a file nothing of which can be kept, `too_large` beyond the limits,
 * `conflict` when the version's schema changed meanwhile
 */
export async function putBaseline(
  db: Database,
  { model, version, input, actor = "cli" }: PutBaseline,
): Promise<{ receipt: BaselineReceipt; standing: boolean }> {
  if (input.kind === "window") {
    const record = await getVersion(db, model, version);
    const { baseline, source } = await freezeWindow(db, record, input.window);
    return store(db, baseline, { source, actor, rejected: [], rejectedTotal: 0 });
  }
  await ensureVersion(db, model, version);
  const table = new Table(await getVersion(db, model, version));
  if (input.kind === "parquet") await readParquet(input.bytes, table);
  else await (input.kind === "csv" ? readCsv : readNdjson)(input.bytes, table);
  table.finish();
  const source: BaselineSource = { kind: "file", window: null, fileName: input.fileName };
  return store(db, await encodeTable(db, table), {
    source,
    actor,
    rejected: table.rejected,
    rejectedTotal: table.rejectedTotal,
  });
}

async function store(
  db: Database,
  { record, rows, columns, notes }: EncodedBaseline,
  from: {
    source: BaselineSource;
    actor: string;
    rejected: BaselineReceipt["rejected"];
    rejectedTotal: number;
  },
): Promise<{ receipt: BaselineReceipt; standing: boolean }> {
  const baselineId = await reserveBaseline(db, record, from.source);
  const at = { ...record, baselineId };
  const features: BaselineFeature[] = [];
  for (const [featureId, values] of columns) {
    await writeColumn(db, at, featureId, values);
    features.push(describeColumn(featureId, values, isCoded(record, featureId)));
  }
  const of = (featureId: number) => columns.get(featureId) ?? null;
  const performance = measureBaseline(
    measureOf(record),
    { prediction: of(PREDICTION), score: of(SCORE), label: of(LABEL) },
    { n: rows, chunkSize: record.settings.concept_chunk },
  );
  const labelled = features.find(({ featureId }) => featureId === LABEL)?.histogram.n ?? 0;
  const standing = await finishBaseline(db, at, {
    rows,
    labelled,
    performance,
    features,
    actor: from.actor,
    subject: `version:${record.model}/${record.version}`,
  });
  if (!standing) await dropColumns(db, at);
  const receipt: BaselineReceipt = {
    rows,
    labelled,
    features: record.columns.flatMap((column) => {
      const found = features.find(({ featureId }) => featureId === column.id);
      return found ? [{ name: column.name, type: column.type, missing: found.histogram.missing }] : [];
    }),
    rejected: from.rejected,
    ...(from.rejectedTotal > from.rejected.length ? { rejected_total: from.rejectedTotal } : {}),
    notes: standing
      ? notes
      : [...notes, "a baseline that was begun later stands already, so this one was not kept"],
  };
  return { receipt, standing };
}

export function noBaseline(model: string, version: string): TidemarkError {
  return new TidemarkError(
    "not_found",
    `version "${version}" of "${model}" has no baseline: PUT a CSV, NDJSON or Parquet file, or {"from": …, "to": …}`,
  );
}
