import { TidemarkError } from "@/lib/errors";
import type { FromOutliner } from "./child-outline";
import { outlineOf } from "./outline";
import { readDataset } from "./read";

/*
 * The process that reads one dataset, from standard input, for lib/datasets/child-outline.ts. What it may do wrong (run out
 * of memory, loop) costs itself only.
 */

async function outline(): Promise<FromOutliner> {
  try {
    const { format, table } = await readDataset(process.argv[2] ?? "the file", process.stdin);
    return { outline: { format, rows: table.rows, columns: outlineOf(table) } };
  } catch (error) {
    if (error instanceof TidemarkError) return { refusal: { code: error.code, message: error.message } };
    return { failure: String((error as Error).stack ?? error) };
  }
}

process.on("disconnect", () => process.exit());
process.send?.(await outline());
