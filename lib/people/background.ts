import type { Runtime } from "@/lib/server/runtime";

/**
 * Does work that the reply must not wait for, so that the time it takes tells nothing. The server lets it end before it
 * stops.
 * @param work handles its own failures
 */
export function inBackground(runtime: Runtime, work: () => Promise<void>): void {
  const underWay = runtime.shared.get(
    "people-background",
    () => new Set<Promise<void>>(),
    (left) => Promise.all(left),
  );
  const done = work().finally(() => underWay.delete(done));
  underWay.add(done);
}
