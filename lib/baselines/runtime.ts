import type { Runtime } from "@/lib/server/runtime";
import { Rebuilder } from "./rebuilder";

/** The one rebuilder of this process. */
export function rebuilderOf(runtime: Runtime): Rebuilder {
  return runtime.shared.get(
    "rebuilder",
    () => new Rebuilder(runtime.db),
    (rebuilder) => rebuilder.close(),
  );
}
