import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { LABEL, PREDICTION, SCORE, type VersionRecord } from "@/lib/models/store";
import { scanRaw } from "@/lib/summaries/raw";
import { parseSpan } from "@/lib/summaries/window";
import type { Window } from "@/lib/wire";
import type { EncodedBaseline } from "./encode";
import { HeldColumns } from "./held-columns";
import type { BaselineSource } from "./store";

/** Rows of a frozen window and cells of all of them: held in memory, 8 bytes each. */
const MOST_CELLS = 100_000_000;

/** The logged predictions of a window, in order of time, as a baseline's columns. */
export async function freezeWindow(
  db: Database,
  record: VersionRecord,
  window: Window,
): Promise<{ baseline: EncodedBaseline; source: BaselineSource }> {
  const span = parseSpan(window);
  const featureIds = [...record.columns.map((column) => column.id), PREDICTION, SCORE, LABEL];
  const mostRows = Math.floor(MOST_CELLS / featureIds.length);
  const pieces: Map<number, Float64Array>[] = [];
  let rows = 0;
  const scan = scanRaw(db, record, {
    span,
    featureIds,
    ordered: true,
    remedy: "freeze a shorter window; a hundred thousand rows make bins as good as any",
    mostRows: Math.min(5_000_000, mostRows),
  });
  for await (const slice of scan) {
    pieces.push(slice.columns);
    rows += slice.n;
  }
  if (rows === 0) {
    throw new TidemarkError(
      "bad_request",
      `there are no predictions between ${window.from} and ${window.to}: choose a window that has some`,
    );
  }
  const columns = new Map<number, Float64Array>();
  for (const featureId of featureIds) {
    const column = new Float64Array(rows);
    let place = 0;
    for (const piece of pieces) {
      column.set(piece.get(featureId)!, place);
      place += piece.get(featureId)!.length;
      // Frees the piece: both together would be twice the window.
      piece.delete(featureId);
    }
    // A column of its own only where there is something in it; features stay, all missing.
    if (featureId > 0 || column.some((value) => !Number.isNaN(value))) columns.set(featureId, column);
  }
  return {
    baseline: { record, rows, featureIds: [...columns.keys()], columns: new HeldColumns(columns), notes: [] },
    source: { kind: "window", window: span, fileName: null },
  };
}
