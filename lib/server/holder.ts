import type { Runtime } from "./runtime";

type Holder = {
  opening: Promise<Runtime> | null;
  closed: boolean;
};

// Next bundles instrumentation and each route by itself and reloads modules in development, and the start script runs
// outside of all bundles; the process is what they share.
const HOLDER = Symbol.for("tidemark.runtime");
const global = globalThis as { [HOLDER]?: Holder };

/** Where the process keeps its one runtime. */
export const holder: Holder = global[HOLDER] ?? { opening: null, closed: false };
global[HOLDER] = holder;

/** Closes what was shared, newest first, then the store. Later calls of getRuntime are refused. */
export async function closeRuntime(): Promise<void> {
  holder.closed = true;
  const runtime = await holder.opening?.catch(() => null);
  holder.opening = null;
  if (!runtime) return;
  await runtime.shared.close();
  await runtime.store.close();
}
