import type { Runtime } from "@/lib/server/runtime";
import { Gate } from "./gate";

/** The one gate of this process. */
export function gateOf(runtime: Runtime): Gate {
  return runtime.shared.get(
    "ingest",
    () =>
      new Gate(runtime.db, {
        mostRows: runtime.settings.maxQueuedRows,
        retentionDays: runtime.settings.retentionDays,
        // The embedded store is one connection: a second statement would only wait inside it.
        concurrency: runtime.store.kind === "embedded" ? 1 : 2,
      }),
    (gate) => gate.close(),
  );
}
