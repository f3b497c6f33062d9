import { keeperOf } from "@/lib/artifacts/runtime";
import type { Runtime } from "@/lib/server/runtime";
import { Repeater } from "./repeater";

/** The one repeater of this process. */
export function repeaterOf(runtime: Runtime): Repeater {
  return runtime.shared.get(
    "repeater",
    () => new Repeater({ db: runtime.db, keeper: keeperOf(runtime) }),
    (repeater) => repeater.close(),
  );
}
