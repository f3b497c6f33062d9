import { TidemarkError } from "@/lib/errors";
import type { Ask, Calls, FromChild } from "./child-reader";
import { Draft } from "./draft";
import type { HeldColumns } from "./held-columns";

/*
 * The process that reads one baseline file, from standard input, for lib/baselines/child-reader.ts. What it may do
 * wrong (run out of memory, loop) costs itself only.
 */

let draft: Draft | null = null;
let columns: HeldColumns | null = null;

const calls: Calls = {
  read(record, kind) {
    draft = new Draft(record);
    return draft.read(kind, process.stdin);
  },
  async place(placements) {
    columns = draft!.place(placements);
  },
  describe: (...args) => columns!.describe(...args),
  piece: (...args) => columns!.piece(...args),
  measure: (...args) => columns!.measure(...args),
  classScores: () => columns!.classScores(),
};

const tell = (message: FromChild) => process.send?.(message);

process.on("message", async ({ id, name, args }: Ask) => {
  try {
    tell({ id, value: await (calls[name] as (...args: unknown[]) => Promise<unknown>)(...args) });
  } catch (error) {
    if (error instanceof TidemarkError) {
      const { code, message, details } = error;
      tell({ id, refusal: { code, message, details } });
    } else tell({ id, failure: String((error as Error).stack ?? error) });
  }
});
process.on("disconnect", () => process.exit());
setInterval(() => tell({ id: null }), 1000);
