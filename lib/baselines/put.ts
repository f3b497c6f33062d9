import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { ensureVersion, getVersion, LABEL } from "@/lib/models/store";
import { measureIn } from "@/lib/performance/measure-in";
import type { Window } from "@/lib/wire";
import { breathe } from "./breathe";
import { isCoded } from "./describe";
import type { FileKind } from "./draft";
import { type EncodedBaseline, encodeFile } from "./encode";
import { freezeWindow } from "./freeze";
import { readFile } from "./reader";
import type { BaselineReceipt } from "./schema";
import {
  type BaselineFeature,
  type BaselineSource,
  dropColumns,
  finishBaseline,
  reserveBaseline,
  writeColumn,
} from "./store";

export type BaselineInput =
  | { kind: FileKind; bytes: AsyncIterable<Uint8Array>; fileName: string | null }
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
  const record = await getVersion(db, model, version);
  const file = await readFile(record, input.kind, input.bytes);
  try {
    const { rejected, rejectedTotal } = file.outline;
    const source: BaselineSource = { kind: "file", window: null, fileName: input.fileName };
    return await store(db, await encodeFile(db, record, file), { source, actor, rejected, rejectedTotal });
  } finally {
    file.close();
  }
}

async function store(
  db: Database,
  { record, rows, featureIds, columns, notes }: EncodedBaseline,
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
  for (const featureId of featureIds) {
    await writeColumn(db, at, featureId, { rows, piece: columns.piece.bind(columns) });
    await breathe();
    features.push(await columns.describe(featureId, isCoded(record, featureId)));
  }
  const performance = await columns.measure(await measureIn(db, record), {
    n: rows,
    chunkSize: record.settings.concept_chunk,
  });
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
