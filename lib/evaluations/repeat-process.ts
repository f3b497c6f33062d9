import { TidemarkError } from "@/lib/errors";
import type { FromRepeat, ToRepeat } from "./child-repeat";
import { judge } from "./judge";

/*
 * The process that repeats one evaluation, for lib/evaluations/child-repeat.ts. What a model may do wrong (take all
 * memory, never end) costs itself only.
 */

const tell = (message: FromRepeat) => process.send?.(message);

process.once("message", async (evidence: ToRepeat) => {
  try {
    tell({ judgement: await judge(evidence) });
  } catch (error) {
    if (error instanceof TidemarkError) tell({ refusal: error.message });
    else tell({ failure: String((error as Error).stack ?? error) });
  }
});
process.on("disconnect", () => process.exit());
